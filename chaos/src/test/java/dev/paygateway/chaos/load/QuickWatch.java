package dev.paygateway.chaos.load;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Pauses take no time but count. */
final class QuickWatch implements Watch {
    private final AtomicLong paused = new AtomicLong();

    @Override
    public long nanos() {
        return paused.get();
    }

    @Override
    public void pause(Duration wait) {
        paused.addAndGet(Math.max(0, wait.toNanos()));
    }
}
