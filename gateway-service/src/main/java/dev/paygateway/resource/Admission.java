package dev.paygateway.resource;

import com.google.errorprone.annotations.MustBeClosed;
import com.netflix.concurrency.limits.Limiter;
import com.netflix.concurrency.limits.limit.AIMDLimit;
import com.netflix.concurrency.limits.limiter.SimpleLimiter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * As many may do something at once as get it done in time, which is found out: one more for each
 * that did while half of the places were taken, a tenth less for each that did not (AIMD, as TCP
 * does; Chiu and Jain 1989). So an instance that is cold, or on a machine that is too busy, refuses
 * what it would only let run into its callers' time-outs, and goes on doing what it can.
 */
public final class Admission {
    private static final int COUNT_AT_FIRST = 32;
    private static final int COUNT_MIN = 4;
    private static final double LESS = 0.9;

    private final Holdings holdings;
    private final String name;
    private final SimpleLimiter<String> limiter;

    /**
     * Places that are entered in this ledger.
     *
     * @param countMax however fast they are
     * @param time within which it is done in time
     */
    public Admission(Holdings holdings, String name, int countMax, Duration time) {
        this.holdings = holdings;
        this.name = name;
        var limit =
                AIMDLimit.newBuilder()
                        .minLimit(Math.min(COUNT_MIN, countMax))
                        .initialLimit(Math.min(COUNT_AT_FIRST, countMax))
                        .maxLimit(countMax)
                        .backoffRatio(LESS)
                        .timeout(time.toNanos(), TimeUnit.NANOSECONDS)
                        .build();
        limiter = SimpleLimiter.newBuilder().limit(limit).named(name).build();
    }

    /** How many may do it at once at the moment. */
    public int limit() {
        return limiter.getLimit();
    }

    /** A place, or none at once. */
    @MustBeClosed
    public Place enter() throws Taken {
        var place = limiter.acquire(name).orElseThrow(() -> new Taken("every place of " + name));
        return new Place(place, holdings, name);
    }

    /** Somebody's who is doing it. */
    public static final class Place implements AutoCloseable {
        private final Limiter.Listener place;
        private final Holding holding;
        private boolean isDone;

        @MustBeClosed
        private Place(Limiter.Listener place, Holdings holdings, String name) {
            this.place = place;
            this.holding = holdings.enter(Kind.PERMIT, name, this);
        }

        /** It came to its end; what did not counts as too late. */
        public void done() {
            isDone = true;
        }

        @Override
        public void close() {
            if (!holding.strikeOff()) {
                return;
            }
            if (isDone) {
                place.onSuccess();
            } else {
                place.onDropped();
            }
        }
    }
}
