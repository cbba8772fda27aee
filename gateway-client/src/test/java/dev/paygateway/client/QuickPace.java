package dev.paygateway.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Pauses take no time but count; the dice always show the longest wait. */
final class QuickPace implements Pace {
    private final AtomicLong paused = new AtomicLong();
    private final List<Duration> pauses = new CopyOnWriteArrayList<>();

    List<Duration> pauses() {
        return List.copyOf(pauses);
    }

    @Override
    public long nanos() {
        return paused.get();
    }

    @Override
    public void pause(Duration wait) {
        pauses.add(wait);
        paused.addAndGet(wait.toNanos());
    }

    @Override
    public double dice() {
        return Math.nextDown(1.0);
    }
}
