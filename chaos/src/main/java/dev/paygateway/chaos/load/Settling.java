package dev.paygateway.chaos.load;

import dev.paygateway.chaos.load.OpenMatters.Paid;
import dev.paygateway.chaos.load.OpenMatters.Repeat;
import dev.paygateway.client.Payment;
import dev.paygateway.client.PaymentResult;
import dev.paygateway.client.ReadResult;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/**
 * The end of a run: first every open operation is repeated with its key until it has an answer,
 * then every payment is read until it is final, so that its last line in the history is a read.
 */
final class Settling {
    private static final int AT_ONCE_MAX = 32;
    private static final Duration ROUND = Duration.ofSeconds(1);
    private static final Duration READ_BOUND = Duration.ofSeconds(5);

    /** A request that is still under way somewhere ends within this; then absent means absent. */
    private static final Duration UNDER_WAY_MAX = Duration.ofSeconds(30);

    private final OpenMatters matters;
    private final Watch watch;
    private final long endNanos;
    private volatile int open;

    Settling(OpenMatters matters, Watch watch, Duration bound) {
        this.matters = matters;
        this.watch = watch;
        endNanos = watch.nanos() + bound.toNanos();
    }

    /** Payments and operations not yet final; for the progress line. */
    int open() {
        return open;
    }

    /**
     * Runs until all is final or its time is up.
     *
     * @return what stayed open
     */
    int run() throws InterruptedException {
        int operations = rounds(matters.operations(), this::repeated);
        return operations + rounds(matters.payments(), this::settled);
    }

    private <T> int rounds(List<T> all, Predicate<T> ended) throws InterruptedException {
        var left = all;
        open = left.size();
        while (true) {
            left = remaining(left, ended);
            open = left.size();
            if (left.isEmpty() || watch.nanos() + ROUND.toNanos() >= endNanos) {
                return left.size();
            }
            watch.pause(ROUND);
        }
    }

    private static <T> List<T> remaining(List<T> all, Predicate<T> ended) {
        var places = new Semaphore(AT_ONCE_MAX);
        var left = new ConcurrentLinkedQueue<T>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var one : all) {
                threads.execute(() -> keepUnlessEnded(one, ended, places, left));
            }
        }
        return List.copyOf(left);
    }

    /** What breaks is not ended. */
    private static <T> void keepUnlessEnded(
            T one, Predicate<T> ended, Semaphore places, Queue<T> left) {
        boolean over = false;
        places.acquireUninterruptibly();
        try {
            over = ended.test(one);
        } finally {
            places.release();
            if (!over) {
                left.add(one);
            }
        }
    }

    private boolean repeated(Repeat operation) {
        var result = operation.again().get();
        matters.operated(operation.key(), result, operation.again());
        return switch (result) {
            case PaymentResult.Approved _, PaymentResult.Declined _, PaymentResult.Refused _ ->
                    true;
            case PaymentResult.Pending _, PaymentResult.Unreachable _ -> false;
        };
    }

    private boolean settled(Paid paid) {
        var read =
                paid.id().isPresent()
                        ? paid.desk().get(paid.id().get(), READ_BOUND)
                        : paid.desk().getByKey(paid.key(), READ_BOUND);
        return switch (read) {
            case ReadResult.Found<Payment>(var payment) -> payment.status().settled();
            case ReadResult.Missing<Payment> _ ->
                    paid.id().isEmpty()
                            && watch.nanos() - paid.askedNanos() > UNDER_WAY_MAX.toNanos();
            case ReadResult.Refused<Payment> _, ReadResult.Unreachable<Payment> _ -> false;
        };
    }
}
