package dev.paygateway.resource;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** The only place of the product that sleeps. */
public final class Pause {
    private static final Duration STEP = Duration.ofMillis(10);

    private Pause() {}

    /** Waits until something holds, at most so long; whether it held at the end. */
    public static boolean until(Duration most, BooleanSupplier holds) {
        var steps = most.dividedBy(STEP);
        for (var step = 0L; step < steps && !holds.getAsBoolean(); step++) {
            of(STEP);
            if (Thread.currentThread().isInterrupted()) {
                break;
            }
        }
        return holds.getAsBoolean();
    }

    /** Waits; returns early if the thread is interrupted, leaving it so. */
    public static void of(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
