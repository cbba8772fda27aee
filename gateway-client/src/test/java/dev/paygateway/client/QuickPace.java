package dev.paygateway.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Pauses take no time but count; the dice always show the longest wait. */
final class QuickPace implements Pace {
    private final AtomicLong paused = new AtomicLong();
    private final AtomicLong over = new AtomicLong();
    private final List<Duration> pauses = new CopyOnWriteArrayList<>();

    /** From now on each pause takes this much longer than asked for, as on a busy machine. */
    void oversleep(Duration more) {
        over.set(more.toNanos());
    }

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
        paused.addAndGet(wait.toNanos() + over.get());
    }

    @Override
    public double dice() {
        return Math.nextDown(1.0);
    }
}
