package dev.paygateway.edge;

import dev.paygateway.payment.Merchant;
import dev.paygateway.payment.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;

/** A token bucket for each merchant and class of request, on this instance. */
final class RateLimits {
    /** Full buckets are forgotten beyond this count: they say nothing. */
    private static final int BUCKETS_MAX = 30_000;

    private final LimitSettings settings;
    private final Time time;
    private final ConcurrentHashMap<Owner, Bucket> buckets = new ConcurrentHashMap<>();

    RateLimits(LimitSettings settings, Time time) {
        this.settings = settings;
        this.time = time;
    }

    /** What kind of work a request is. */
    enum Kind {
        WRITE,
        READ,
        LIST
    }

    private record Owner(Merchant merchant, Kind kind) {}

    /**
     * Where a merchant stands.
     *
     * @param limit requests a second, and at once
     * @param reset until all of the limit is there again
     * @param retryAfter until the next request is let through; zero if this one is
     */
    record Standing(int limit, int remaining, Duration reset, Duration retryAfter) {
        boolean isExceeded() {
            return retryAfter.isPositive();
        }
    }

    /** Counts a request. */
    Standing take(Merchant merchant, Kind kind) {
        if (buckets.size() >= BUCKETS_MAX) {
            buckets.values().removeIf(bucket -> bucket.isFull(time.now()));
        }
        return buckets.computeIfAbsent(
                        new Owner(merchant, kind), _ -> new Bucket(rate(kind), time.now()))
                .take(time.now());
    }

    /** Where somebody stands who has not been counted. */
    Standing untouched(Kind kind) {
        return new Standing(rate(kind), rate(kind), Duration.ZERO, Duration.ZERO);
    }

    private int rate(Kind kind) {
        return switch (kind) {
            case WRITE -> settings.writePerSecond();
            case READ -> settings.readPerSecond();
            case LIST -> settings.listPerSecond();
        };
    }

    /** Holds up to a second's worth; refilled by the clock. */
    private static final class Bucket {
        private static final long NANOS = Duration.ofSeconds(1).toNanos();

        private final int rate;
        private double content;
        private Instant filledAt;

        Bucket(int rate, Instant now) {
            this.rate = rate;
            this.content = rate;
            this.filledAt = now;
        }

        synchronized Standing take(Instant now) {
            fill(now);
            if (content < 1) {
                return standing(duration(1 - content));
            }
            content--;
            return standing(Duration.ZERO);
        }

        synchronized boolean isFull(Instant now) {
            fill(now);
            return content >= rate;
        }

        private void fill(Instant now) {
            if (now.isAfter(filledAt)) {
                var passed = Duration.between(filledAt, now);
                content = Math.min(rate, content + rate * (passed.toMillis() / 1_000.0));
            }
            filledAt = now; // a clock that was set back must not lock anybody out
        }

        private Standing standing(Duration wait) {
            return new Standing(rate, (int) content, duration(rate - content), wait);
        }

        private Duration duration(double missing) {
            return Duration.ofNanos((long) Math.ceil(missing / rate * NANOS));
        }
    }
}
