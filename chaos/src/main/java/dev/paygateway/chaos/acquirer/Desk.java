package dev.paygateway.chaos.acquirer;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.MustBeClosed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Takes one call after the other: decides it, books it, and lets its answer go only when all that
 * it rests on is on the disk.
 *
 * <p>One lock spans deciding and appending, so the lines of the books are in the order of the
 * decisions, and of a reversal and the authorisation it is for one always sees the other. Nobody
 * waits for the disk under it.
 */
final class Desk implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final Ledger ledger;
    private final Books books;
    private final InstantSource clock;

    @MustBeClosed
    private Desk(Ledger ledger, Books books, InstantSource clock) {
        this.ledger = ledger;
        this.books = books;
        this.clock = clock;
    }

    /**
     * Opens the books and brings them up to now: what a crash cut off is completed, what fell due
     * meanwhile is booked.
     */
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // handed on, or closed where that fails
    static Desk open(Path path, String acquirer, Temper temper, InstantSource clock)
            throws IOException {
        var ledger = new Ledger(temper);
        var books = Books.open(path, acquirer, line -> ledger.apply(line.fact(), line.at()));
        var desk = new Desk(ledger, books, clock);
        try {
            var now = desk.now();
            books.append(ledger.complete(now), now);
            books.awaitDurable(desk.settle());
            return desk;
        } catch (IOException | RuntimeException failed) {
            books.close();
            throw failed;
        }
    }

    /**
     * Performs a call.
     *
     * @throws IOException if the books broke: what was decided must not be told
     */
    Answer perform(Call call) throws IOException {
        var booked = alone(() -> book(call));
        books.awaitDurable(booked.restsOn());
        return booked.answer();
    }

    /** An answer, and the last line that must be durable before it may leave. */
    private record Booked(Answer answer, long restsOn) {}

    /** An inquiry tells what the lines before it did; its own may come to the disk later. */
    private Booked book(Call call) {
        long before = settle();
        var now = now();
        var judged = ledger.perform(call, now);
        long after = books.append(judged.facts(), now);
        return new Booked(judged.answer(), call instanceof Call.Inquire ? before : after);
    }

    /** Books what is due by itself; returns the number of the last line. */
    @CanIgnoreReturnValue
    long settle() {
        return alone(() -> {
            var now = now();
            return books.append(ledger.settle(now), now);
        });
    }

    /** A ledger that contradicts itself may be half changed: nothing after it is to be believed. */
    private <T> T alone(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } catch (IllegalStateException contradiction) {
            books.breakOff(new IOException("the ledger contradicts itself", contradiction));
            throw contradiction;
        } finally {
            lock.unlock();
        }
    }

    /** As the books keep it, so that a restart computes with the same times. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    long lines() {
        return books.appended();
    }

    CompletableFuture<IOException> broken() {
        return books.broken();
    }

    @Override
    public void close() throws IOException {
        books.close();
    }
}
