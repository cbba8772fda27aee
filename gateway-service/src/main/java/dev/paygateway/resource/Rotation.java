package dev.paygateway.resource;

import dev.paygateway.resource.Patience.NotYet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides when the credential in use is renewed and when it is exchanged, on one thread: one step
 * at a time, and after a failed one a pause. Whatever stays away, it goes on trying until {@link
 * #close}.
 */
final class Rotation implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rotation.class);

    /** Making a user stops all commits of the cluster for a moment: not at once after the last. */
    private static final Duration EXCHANGE_GAP = Duration.ofSeconds(2);

    private static final Duration BACKOFF_FIRST = Duration.ofMillis(250);
    private static final int BACKOFF_DOUBLINGS_MAX = 3;
    private static final Duration TURN_WAIT = Duration.ofMillis(100);
    private static final Duration WAIT_MAX = Duration.ofMinutes(1);
    private static final Duration END_WAIT = Duration.ofSeconds(6);

    private final Pools pools;
    private final InstantSource clock;
    private final BlockingQueue<Signal> signals = new ArrayBlockingQueue<>(1);
    private final Thread thread;
    private volatile boolean isClosed;
    private @Nullable Pool denied;
    private Instant exchangedAt = Instant.EPOCH;
    private int failures;

    /** Why a credential is exchanged; the name in small letters is a tag's value. */
    enum Cause {
        /** It has lived long enough. */
        AGE,
        /** The database does not accept it. */
        DENIED,
        /** Vault does not renew its lease, or could not be asked until it ended. */
        LEASE;

        String tag() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private enum Signal {
        DENIED,
        END
    }

    Rotation(Pools pools, InstantSource clock) {
        this.pools = pools;
        this.clock = clock;
        thread = Thread.ofVirtual().name("credential-rotation").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** A login was refused. Returns at once; one word of it is as good as many. */
    void suspect() {
        signals.offer(Signal.DENIED);
    }

    private void run() {
        while (!isClosed) {
            try {
                if (signals.poll(pause().toMillis(), TimeUnit.MILLISECONDS) == Signal.DENIED) {
                    denied = pools.current();
                }
                if (!isClosed) {
                    step();
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private Duration pause() {
        var now = clock.instant();
        var pool = pools.current();
        if (failures > 0) {
            return backoff();
        }
        var due = isDenied(pool) ? exchangedAt.plus(EXCHANGE_GAP) : due(pool);
        var pause = due.isAfter(now.plus(WAIT_MAX)) ? WAIT_MAX : Duration.between(now, due);
        return pause.isNegative() && pools.isFull() ? TURN_WAIT : pause;
    }

    private static Instant due(Pool pool) {
        var rotateFrom = pool.rotateFrom();
        var renewFrom = pool.lease().renewFrom();
        return renewFrom.isBefore(rotateFrom) ? renewFrom : rotateFrom;
    }

    private Duration backoff() {
        var most = BACKOFF_FIRST.toMillis() << Math.min(failures - 1, BACKOFF_DOUBLINGS_MAX);
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
    }

    private void step() {
        var pool = pools.current();
        try {
            renewIfDue(pool);
            var cause = cause(pool);
            if (cause.isPresent()) {
                LOG.info("exchanging the database credential: {}", cause.get().tag());
                pools.exchange(cause.get());
                exchangedAt = clock.instant();
            }
            failures = 0;
        } catch (NotYet | StartRefused failure) {
            failures++;
            LOG.warn("the database credential in hand stays: {}", failure.getMessage());
        } catch (RuntimeException unexpected) {
            failures++;
            LOG.error("the database credential in hand stays", unexpected);
        }
    }

    /** What is to be exchanged anyway needs no renewal, unless the exchange has failed. */
    private void renewIfDue(Pool pool) {
        var now = clock.instant();
        var lease = pool.lease();
        var isOld = !now.isBefore(pool.rotateFrom());
        if (!now.isBefore(lease.renewFrom()) && !lease.isLost() && (!isOld || failures > 0)) {
            lease.renew();
        }
    }

    private Optional<Cause> cause(Pool pool) {
        if (pool.lease().isLost()) {
            return Optional.of(Cause.LEASE);
        }
        if (isDenied(pool)) {
            if (clock.instant().isBefore(exchangedAt.plus(EXCHANGE_GAP))) {
                return Optional.empty();
            }
            if (pools.isAccepted(pool)) {
                denied = null; // an old word, or one about another credential
            } else {
                return Optional.of(Cause.DENIED);
            }
        }
        var isOld = !clock.instant().isBefore(pool.rotateFrom());
        return isOld && !pools.isFull() ? Optional.of(Cause.AGE) : Optional.empty();
    }

    private boolean isDenied(Pool pool) {
        return pool.equals(denied);
    }

    @Override
    public void close() {
        isClosed = true;
        signals.clear();
        signals.offer(Signal.END);
        try {
            thread.join(END_WAIT);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
