package dev.paygateway.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Time and chance, so that a test owns both. */
interface Pace {
    /** Monotonic nanoseconds. */
    long nanos();

    /**
     * Waits.
     *
     * @throws InterruptedException the caller's thread is wanted elsewhere
     */
    void pause(Duration wait) throws InterruptedException;

    /** In [0, 1). */
    double dice();

    static Pace real() {
        return new Pace() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void pause(Duration wait) throws InterruptedException {
                Thread.sleep(wait);
            }

            @Override
            public double dice() {
                return ThreadLocalRandom.current().nextDouble();
            }
        };
    }
}
