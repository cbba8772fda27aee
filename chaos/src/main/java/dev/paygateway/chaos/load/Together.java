package dev.paygateway.chaos.load;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Things that happen at the same time. */
final class Together {
    private Together() {}

    static <T> Callable<T> task(Callable<T> task) {
        return task;
    }

    /** Runs all at once and waits for all; a failure of one is thrown. */
    static <T> List<T> all(List<Callable<T>> tasks) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(tasks).stream().map(Together::value).toList();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("ended from outside", interrupted);
        }
    }

    /** Counts down, and waits for the others to have done so. */
    static void meet(CountDownLatch start) {
        start.countDown();
        try {
            start.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("ended from outside", interrupted);
        }
    }

    private static <T> T value(Future<T> done) {
        if (done.state() == Future.State.FAILED) {
            throw new IllegalStateException("a client broke", done.exceptionNow());
        }
        return done.resultNow();
    }
}
