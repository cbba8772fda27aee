package dev.paygateway.resource;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does one thing again and again in the background, the first time after one period. */
final class Repeater implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Repeater.class);
    private static final Duration END_WAIT = Duration.ofSeconds(3);

    private final Thread thread;

    Repeater(String name, Duration period, Runnable task) {
        thread = Thread.ofVirtual().name(name).start(() -> repeat(name, period, task));
    }

    private static void repeat(String name, Duration period, Runnable task) {
        while (true) {
            Pause.of(period);
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
