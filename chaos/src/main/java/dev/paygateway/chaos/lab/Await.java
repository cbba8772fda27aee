package dev.paygateway.chaos.lab;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits on conditions, with a bound; there is no waiting for time alone in the lab. */
public final class Await {
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private Await() {}

    /** Whether {@code condition} came true within {@code limit}; ends early when interrupted. */
    public static boolean holds(Duration limit, BooleanSupplier condition) {
        return holds(limit, LOOK_EVERY, condition);
    }

    /** The same, looking less often: a look may cost the one that is looked at. */
    public static boolean holds(Duration limit, Duration every, BooleanSupplier condition) {
        var deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(every.toNanos());
        }
        return true;
    }
}
