package dev.paygateway.chaos.lab;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;

/** Runs work side by side. */
final class Parallel {
    private Parallel() {}

    /**
     * Runs all and returns when all are done.
     *
     * @throws RuntimeException of the first that failed, after the others were interrupted and have
     *     ended
     */
    static void run(Runnable... works) {
        var executor = Executors.newVirtualThreadPerTaskExecutor();
        try (executor) {
            var running = new ExecutorCompletionService<Void>(executor);
            for (var work : works) {
                running.submit(work, null);
            }
            for (int ended = 0; ended < works.length; ended++) {
                running.take().get();
            }
        } catch (ExecutionException failed) {
            executor.shutdownNow();
            throw failed.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(failed.getCause());
        } catch (InterruptedException stop) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
            throw LabFailure.failed("interrupted", stop);
        }
    }
}
