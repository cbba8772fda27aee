package dev.paygateway.payment;

import dev.paygateway.payment.Galera.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.DoubleSupplier;

/** One node's copy of all rows: what it has applied, and what it has still to apply. */
final class Copy {
    private record Arrival(Change change, Instant visibleFrom) {}

    private static final Duration LAG_MAX = Duration.ofMillis(50);

    private final Rendering rendering;
    private MemoryStore rows;
    private final Deque<Arrival> arrivals = new ArrayDeque<>();
    private final List<Instant> appliedAt = new ArrayList<>();
    private int received;
    private Duration lagMax = LAG_MAX;
    private Instant heldUntil = Instant.MIN;
    private Instant frozenUntil = Instant.MIN;

    Copy(Rendering rendering) {
        this.rendering = rendering;
        this.rows = new MemoryStore(rendering);
    }

    MemoryStore rows() {
        return rows;
    }

    /** Applies what others commit up to that much later. */
    void lag(Duration most) {
        lagMax = most;
    }

    void keepUp() {
        lagMax = LAG_MAX;
    }

    /** Applies nothing before then. */
    void hold(Instant until) {
        heldUntil = until;
    }

    /** Does nothing before then, and does not notice. */
    void freeze(Instant until) {
        frozenUntil = until;
    }

    Instant frozenUntil() {
        return frozenUntil;
    }

    /** What it has not received yet; the dice say how much of the lag each change has. */
    void receive(List<Change> log, Instant now, DoubleSupplier dice) {
        while (received < log.size()) {
            var lag = Duration.ofMillis((long) (dice.getAsDouble() * lagMax.toMillis()));
            arrivals.add(new Arrival(log.get(received), now.plus(lag)));
            received++;
        }
    }

    int applied() {
        return appliedAt.size();
    }

    void catchUp(Instant now) {
        if (now.isBefore(heldUntil)) {
            return;
        }
        for (var next = arrivals.peek();
                next != null && !next.visibleFrom().isAfter(now);
                next = arrivals.peek()) {
            apply(now);
        }
    }

    /** So far at least, whatever holds it up. */
    void catchUp(int count, Instant now) {
        while (applied() < count && !arrivals.isEmpty()) {
            apply(now);
        }
    }

    private void apply(Instant now) {
        arrivals.remove().change().effect().accept(rows);
        appliedAt.add(now);
    }

    /** What is not on its disk is gone. */
    void crash(List<Change> log, Instant flushed) {
        arrivals.clear();
        while (!appliedAt.isEmpty() && appliedAt.getLast().isAfter(flushed)) {
            appliedAt.removeLast();
        }
        received = applied();
        rows = replayed(log.subList(0, received), rendering);
    }

    /** All that the log says, and no more. */
    static MemoryStore replayed(List<Change> changes, Rendering rendering) {
        var rows = new MemoryStore(rendering);
        changes.forEach(change -> change.effect().accept(rows));
        return rows;
    }
}
