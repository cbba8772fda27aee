package dev.paygateway.resource;

import java.time.Duration;

/** The only place of the product that sleeps. */
public final class Pause {
    private Pause() {}

    /** Waits; returns early if the thread is interrupted, leaving it so. */
    public static void of(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
