package dev.paygateway.chaos.load;

import java.time.Duration;

/** Time, so that a test owns it. */
interface Watch {
    /** Monotonic nanoseconds. */
    long nanos();

    /**
     * Waits; not at all if it is zero or less.
     *
     * @throws InterruptedException the run is being ended
     */
    void pause(Duration wait) throws InterruptedException;

    static Watch real() {
        return new Watch() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void pause(Duration wait) throws InterruptedException {
                if (wait.isPositive()) {
                    Thread.sleep(wait);
                }
            }
        };
    }
}
