package dev.paygateway.resource;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** Threads that take a connection, ask one question and give it back, again and again. */
final class Workers implements AutoCloseable {
    private final Pools pools;
    private final List<Thread> threads = new ArrayList<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final LongAdder answers = new LongAdder();
    private volatile boolean isOver;
    private volatile int aliveMost;

    Workers(Pools pools, int count) {
        this.pools = pools;
        for (var each = 0; each < count; each++) {
            threads.add(Thread.ofVirtual().start(this::work));
        }
    }

    private void work() {
        while (!isOver) {
            try (var connection = pools.acquire();
                    var statement = connection.connection().createStatement();
                    var row = statement.executeQuery("SELECT CURRENT_USER()")) {
                if (row.next()) {
                    answers.increment();
                }
            } catch (SQLException failure) {
                failures.add(Pools.describe(failure) + " " + failure.getMessage());
            }
            aliveMost = Math.max(aliveMost, pools.alive());
        }
    }

    /** What went wrong so far. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    long answers() {
        return answers.sum();
    }

    /** The most pools that any of them has seen. */
    int aliveMost() {
        return aliveMost;
    }

    @Override
    public void close() {
        isOver = true;
        for (var thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
