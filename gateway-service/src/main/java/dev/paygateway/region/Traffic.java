package dev.paygateway.region;

import dev.paygateway.payment.Store.Unavailable;
import dev.paygateway.store.RegionShares;
import dev.paygateway.store.RegionShares.Share;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much of its traffic this region should get, as an operator has set it for all instances. With
 * the database away the last one known stays: whoever cannot read it serves what comes.
 */
final class Traffic {
    /** What a region gets for which nothing was set. */
    static final int ALL = 100;

    /** Older than this it is read anew, behind the back of whoever asks. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(Traffic.class);

    private final RegionShares shares;
    private final String region;
    private final Executor background;
    private final AtomicBoolean isReading = new AtomicBoolean();
    private volatile Known known = new Known(ALL, Long.MIN_VALUE);

    private record Known(int weight, long sinceNanos) {}

    Traffic(RegionShares shares, Region region, Executor background) {
        this.shares = shares;
        this.region = region.name();
        this.background = background;
    }

    /** Percent of what this region would get by itself, as of a moment ago. */
    int weight() {
        var last = known;
        var isFresh =
                last.sinceNanos() != Long.MIN_VALUE
                        && System.nanoTime() - last.sinceNanos() < FRESH.toNanos();
        if (!isFresh && isReading.compareAndSet(false, true)) {
            background.execute(this::read);
        }
        return known.weight();
    }

    private void read() {
        try {
            learn(shares.all());
        } catch (Unavailable unavailable) {
            LOG.debug("the region's share of the traffic: {}", unavailable.getMessage());
        } finally {
            isReading.set(false);
        }
    }

    private void learn(List<Share> all) {
        var weight =
                all.stream()
                        .filter(share -> share.region().equals(region))
                        .mapToInt(Share::weight)
                        .findFirst()
                        .orElse(ALL);
        if (weight != known.weight()) {
            LOG.info("this region's share of its traffic is {} % now", weight);
        }
        known = new Known(weight, System.nanoTime());
    }

    /** Fails with {@link Unavailable}. */
    List<Share> all() {
        return shares.all();
    }

    /** Fails with {@link Unavailable}. */
    void set(Share share) {
        shares.set(share);
        learn(shares.all());
    }
}
