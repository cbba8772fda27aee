package dev.paygateway.resource;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does one thing again and again in the background, the first time after one period. */
final class Repeater implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Repeater.class);
    private static final Duration END_WAIT = Duration.ofSeconds(3);

    private final AtomicBoolean isWanted = new AtomicBoolean();
    private final Thread thread;

    Repeater(String name, Duration period, Runnable task) {
        this(name, period, period, task);
    }

    /**
     * One that can be woken.
     *
     * @param gap passes between two times, whoever wakes it
     * @param period passes if nobody does
     */
    Repeater(String name, Duration gap, Duration period, Runnable task) {
        var patience = period.minus(gap);
        thread =
                Thread.ofVirtual()
                        .name(name)
                        .start(() -> repeat(name, () -> rest(gap, patience), task));
    }

    private static void repeat(String name, Runnable rest, Runnable task) {
        while (true) {
            rest.run();
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            try {
                task.run();
            } catch (RuntimeException failure) {
                LOG.warn("{}: {}", name, failure.getMessage());
            }
        }
    }

    private void rest(Duration gap, Duration patience) {
        Pause.of(gap);
        var end = System.nanoTime() + patience.toNanos();
        while (!isWanted.get() && !Thread.currentThread().isInterrupted()) {
            var left = end - System.nanoTime();
            if (left <= 0) {
                break;
            }
            LockSupport.parkNanos(left);
        }
        isWanted.set(false); // before the task: whoever asks while it runs is served by the next
    }

    /** Has it done as soon as the gap allows, once for all who ask meanwhile; never waits. */
    void wake() {
        isWanted.set(true);
        LockSupport.unpark(thread);
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(END_WAIT);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
