package dev.paygateway.payment;

import dev.paygateway.payment.Decline.Advice;
import dev.paygateway.payment.Operation.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * An acquirer with books of its own that misbehaves by dice: refuses, falls silent before or after
 * the effect, takes effect late, hides effects from inquiry, sends refunds back.
 */
final class ModelAcquirer implements Acquirer {
    /** What it did under one of our references; the truth that a simulation is judged by. */
    static final class Entry {
        private final PaymentId payment;
        private final Kind kind;
        private final Optional<String> key;
        private final Outcome answer;
        private final Instant visibleFrom;
        private boolean isUndone;
        private boolean isReturned;
        private boolean isFinal;

        private Entry(Operation operation, Outcome answer, Instant visibleFrom) {
            this.payment = operation.order().payment();
            this.kind = operation.order().kind();
            this.key = operation.order().key();
            this.answer = answer;
            this.visibleFrom = visibleFrom;
        }

        PaymentId payment() {
            return payment;
        }

        /** True: it did something else than it was asked for. */
        boolean isWrong() {
            return answer instanceof Outcome.Contradicted;
        }

        /** True: money is held or was taken, and was not given back by a reversal. */
        boolean isCharge() {
            return kind == Kind.AUTHORIZE
                    && (isWrong() || answer instanceof Outcome.Approved)
                    && !isUndone;
        }

        Optional<String> key() {
            return key;
        }

        /** True: asked to, it moved money, and has not given it back. */
        boolean isEffective() {
            return isCharge() || (kind != Kind.AUTHORIZE && kind != Kind.REVERSE && isDone(kind));
        }

        boolean isDone(Kind asked) {
            return kind == asked && answer instanceof Outcome.Approved && !isReturned;
        }

        Money amount() {
            return ((Outcome.Approved) answer).amount();
        }
    }

    /** How it treats all calls for a while. */
    enum Mood {
        FAIR,
        /** Half of them end in an error, some of these with the effect. */
        FAILS,
        HANGS
    }

    /** How long a caller waits for an answer, its own repetitions included. */
    private static final Duration PATIENCE = Duration.ofMillis(6_500);

    private static final int WRONG_AMOUNTS_PERCENT = 1;
    private static final Duration SLOW = Duration.ofSeconds(5);

    static final Duration WINDOW = Duration.ofSeconds(10);

    /** A request can be on its way for longer than the window: only a tombstone stops it then. */
    static final Duration LATE_MAX = Duration.ofSeconds(60);

    private static final Duration PROVISIONAL = Duration.ofSeconds(5);

    private final String name;
    private final Baton baton;
    private final Bug bug;
    private final Map<OperationId, Entry> books = new LinkedHashMap<>();
    private final Map<OperationId, Boolean> tombstones = new LinkedHashMap<>();
    private Mood mood = Mood.FAIR;
    private boolean isHealthy;

    ModelAcquirer(String name, Baton baton, Bug bug) {
        this.name = name;
        this.baton = baton;
        this.bug = bug;
    }

    Map<OperationId, Entry> books() {
        return books;
    }

    void set(Mood how) {
        mood = how;
    }

    void heal() {
        isHealthy = true;
        mood = Mood.FAIR;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(true, true, true, WINDOW);
    }

    @Override
    public boolean isReachable() {
        return mood == Mood.FAIR || baton.dice().nextBoolean();
    }

    @Override
    public Outcome authorize(Operation operation, Payment payment, Instrument instrument) {
        baton.pause(Duration.ofMillis(baton.dice().nextInt(1_500)));
        return transport(operation, () -> decideAuthorization(operation));
    }

    private Outcome decideAuthorization(Operation operation) {
        var roll = baton.dice().nextInt(100);
        if (tombstones.containsKey(operation.id())) {
            return refused("tombstoned", false);
        }
        if (roll < 12) {
            return refused("generic_decline", false);
        }
        return roll < 20
                ? refused("not_processed", true)
                : new Outcome.Approved(
                        "a-" + operation.id(), operation.order().amount(), Optional.empty());
    }

    private static Outcome refused(String code, boolean elsewhere) {
        return new Outcome.Refused(
                new Decline(code, Optional.empty(), Advice.OTHER_METHOD), elsewhere);
    }

    /** The wire's own faults around a decision that is made at most once for a reference. */
    private Outcome transport(Operation operation, Supplier<Outcome> decide) {
        if (mood != Mood.FAIR && (mood == Mood.HANGS || baton.dice().nextBoolean())) {
            return sulk(operation, decide);
        }
        var roll = isHealthy ? 99 : baton.dice().nextInt(100);
        if (roll < 6) {
            return new Outcome.Unsent("refused connection");
        }
        if (roll < 12) {
            return new Outcome.Silent("lost on the way");
        }
        if (roll < 20) {
            arriveLate(operation, decide, baton.dice().nextInt(4) == 0 ? LATE_MAX : WINDOW);
            return new Outcome.Silent("still on the way");
        }
        var answer = book(operation, decide);
        baton.pause(below(roll < 24 ? SLOW : Duration.ofMillis(500)));
        return roll < 36 ? new Outcome.Silent("the answer was lost") : answer;
    }

    private Outcome sulk(Operation operation, Supplier<Outcome> decide) {
        if (baton.dice().nextBoolean()) {
            arriveLate(operation, decide, LATE_MAX);
        }
        baton.pause(mood == Mood.HANGS ? PATIENCE : below(PATIENCE));
        return new Outcome.Silent("an error, or nothing");
    }

    private Duration below(Duration most) {
        return Duration.ofMillis(baton.dice().nextInt((int) most.toMillis()));
    }

    private void arriveLate(Operation operation, Supplier<Outcome> decide, Duration most) {
        var delay = below(most);
        baton.start("network", () -> arrive(operation, decide, delay));
    }

    private void arrive(Operation operation, Supplier<Outcome> decide, Duration delay) {
        baton.pause(delay);
        book(operation, decide);
    }

    private Outcome book(Operation operation, Supplier<Outcome> decide) {
        var entry = books.get(operation.id());
        if (entry == null) {
            var hiddenFor = isHealthy ? 0 : baton.dice().nextInt((int) WINDOW.toMillis());
            var visibleFrom = baton.now().plusMillis(hiddenFor);
            entry = new Entry(operation, slipping(decide.get()), visibleFrom);
            books.put(operation.id(), entry);
        }
        return entry.answer;
    }

    /** Now and then it does another amount than it was asked for. */
    private Outcome slipping(Outcome answer) {
        return answer instanceof Outcome.Approved
                        && !isHealthy
                        && baton.dice().nextInt(100) < WRONG_AMOUNTS_PERCENT
                ? new Outcome.Contradicted("another amount")
                : answer;
    }

    @Override
    public Outcome submit(Operation operation, Payment payment) {
        baton.pause(Duration.ofMillis(baton.dice().nextInt(300)));
        return isTurnedAway()
                ? refused("not_processed", true)
                : transport(
                        operation,
                        () ->
                                operation.order().kind() == Kind.REVERSE
                                        ? undo(operation)
                                        : act(operation));
    }

    /** At its door, before anybody looked at what it is about. */
    private boolean isTurnedAway() {
        return !isHealthy && baton.dice().nextInt(100) < 4;
    }

    private Outcome act(Operation operation) {
        if (!isHealthy && baton.dice().nextInt(10) == 0) {
            return refused("invalid_state", false);
        }
        var isProvisional = operation.order().kind() == Kind.REFUND && baton.dice().nextInt(5) == 0;
        return new Outcome.Approved(
                "a-" + operation.id(),
                operation.order().amount(),
                isProvisional ? Optional.of(PROVISIONAL) : Optional.empty());
    }

    private Outcome undo(Operation reversal) {
        var target = reversal.order().target().orElseThrow();
        var entry = books.get(target);
        if (entry == null) {
            if (bug != Bug.REVERSAL_WITHOUT_TOMBSTONE) {
                tombstones.put(target, true);
            }
            return new Outcome.Undone(false);
        }
        var hadEffect = entry.isCharge();
        entry.isUndone |= hadEffect;
        return new Outcome.Undone(hadEffect);
    }

    @Override
    public Outcome inquire(Operation operation, Payment payment) {
        baton.pause(Duration.ofMillis(baton.dice().nextInt(200)));
        if (isTurnedAway()) {
            return refused("not_processed", true);
        }
        var isUnwilling = mood != Mood.FAIR || (!isHealthy && baton.dice().nextInt(10) < 2);
        if (isUnwilling) {
            return baton.dice().nextBoolean()
                    ? new Outcome.Silent("no answer")
                    : new Outcome.Unsent("refused connection");
        }
        var entry = books.get(operation.id());
        if (entry == null || entry.visibleFrom.isAfter(baton.now())) {
            return new Outcome.NotFound();
        }
        return seen(entry);
    }

    private Outcome seen(Entry entry) {
        if (entry.isUndone) {
            return new Outcome.Undone(true);
        }
        var provisional = provisional(entry);
        if (provisional != null) {
            if (!entry.isReturned && !entry.isFinal) {
                entry.isReturned = baton.dice().nextBoolean();
                entry.isFinal = !entry.isReturned;
            }
            return entry.isReturned
                    ? new Outcome.Returned()
                    : new Outcome.Approved(
                            provisional.acquirerReference(),
                            provisional.amount(),
                            Optional.empty());
        }
        return entry.answer;
    }

    private static Outcome.@Nullable Approved provisional(Entry entry) {
        return entry.answer instanceof Outcome.Approved approved
                        && approved.provisional().isPresent()
                ? approved
                : null;
    }
}
