package dev.paygateway.chaos.acquirer;

import dev.paygateway.chaos.acquirer.Answer.Status;
import dev.paygateway.chaos.acquirer.Fact.Effect;
import dev.paygateway.chaos.acquirer.Fact.EffectKind;
import dev.paygateway.chaos.acquirer.Fact.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * What the acquirer knows: pure, single-threaded, no clock, no file.
 *
 * <p>Only {@link #apply} changes it: a live call first decides its effects and then applies them, a
 * restart applies what the file holds. So both arrive at the same state, and a call repeated after
 * a crash gets the answer that it would have had before.
 */
final class Ledger {
    static final int OPERATIONS_MAX = 1_000_000;

    private final Judge judge;
    private final Temper temper;
    private final Map<String, Operation> operations = new HashMap<>();
    private final Map<String, Holding> holdings = new HashMap<>();

    /** References that were reversed before they came. */
    private final Set<String> tombstones = new HashSet<>();

    /** Refunds that the bank sent back, and those it is going to, soonest first. */
    private final Set<String> returned = new HashSet<>();

    private final PriorityQueue<Operation> returning =
            new PriorityQueue<>(Comparator.comparing(Operation::at));

    /** The last request seen: effects always follow theirs at once. */
    private Optional<Request> asked = Optional.empty();

    Ledger(Temper temper) {
        this.temper = temper;
        this.judge = new Judge(temper, this);
    }

    /** Facts to book, in this order and all or none, and the answer once they are durable. */
    record Judged(List<Fact> facts, Answer answer) {
        Judged {
            facts = List.copyOf(facts);
        }
    }

    Optional<Operation> operation(String reference) {
        return Optional.ofNullable(operations.get(reference));
    }

    Optional<Holding> holding(String reference) {
        return Optional.ofNullable(holdings.get(reference));
    }

    boolean isTombstoned(String reference) {
        return tombstones.contains(reference);
    }

    int size() {
        return operations.size();
    }

    /** Decides a call and applies what it does. */
    Judged perform(Call call, Instant now) {
        var request = Request.of(call);
        var known = operation(call.reference());
        if (call instanceof Call.Inquire) {
            return new Judged(List.of(request), inquired(known, request, now));
        }
        if (known.isPresent()) {
            return new Judged(List.of(request), repeated(known.get(), request));
        }
        if (operations.size() >= OPERATIONS_MAX) {
            return new Judged(List.of(request), new Answer.Full());
        }
        var facts = new ArrayList<Fact>();
        facts.add(request);
        facts.addAll(judge.effects(call, request, now));
        facts.forEach(fact -> apply(fact, now));
        var answer = operation(call.reference()).<Answer>map(this::told);
        return new Judged(facts, answer.orElseGet(Answer.Ignored::new));
    }

    /** Applies and returns what falls due by itself: refunds that the bank sends back. */
    List<Fact> settle(Instant now) {
        var facts = new ArrayList<Fact>();
        for (var next = returning.peek(); next != null; next = returning.peek()) {
            if (next.at().plus(Temper.RETURN_AFTER).isAfter(now)) {
                break;
            }
            var amount = next.effect().amount();
            facts.add(Effect.of(EffectKind.REFUND_RETURNED, next.request(), amount));
            apply(facts.getLast(), now);
        }
        return facts;
    }

    /**
     * Applies and returns the effects that a crash cut off an operation's end; nobody was answered
     * yet, so they may come now.
     */
    List<Fact> complete(Instant now) {
        var facts =
                asked
                        .flatMap(request -> captureToCome(request).or(() -> releaseToCome(request)))
                        .stream()
                        .map(Fact.class::cast)
                        .toList();
        facts.forEach(fact -> apply(fact, now));
        return facts;
    }

    private Optional<Effect> captureToCome(Request request) {
        return holding(request.reference())
                .filter(Holding::awaitsCapture)
                .map(Holding::request)
                .map(sale -> Effect.of(EffectKind.CAPTURED, sale, sale.amount()));
    }

    /** Once it has freed what it leaves, nothing is held. */
    private Optional<Effect> releaseToCome(Request request) {
        return operation(request.reference())
                .filter(known -> known.request().last())
                .filter(known -> known.effect().kind() == EffectKind.CAPTURED)
                .flatMap(known -> released(known.request()));
    }

    private Optional<Effect> released(Request capture) {
        return capture.original()
                .flatMap(this::holding)
                .map(Holding::held)
                .filter(left -> left > 0)
                .map(left -> Judge.released(capture, left));
    }

    /**
     * The one transition.
     *
     * @throws IllegalStateException if the fact cannot follow what went before
     */
    void apply(Fact fact, Instant at) {
        switch (fact) {
            case Request request -> asked = Optional.of(request);
            case Effect effect -> apply(effect, at);
        }
    }

    private void apply(Effect effect, Instant at) {
        var subject = effect.original().orElse(effect.reference());
        switch (effect.kind()) {
            case AUTHORIZED -> {
                var operation = open(effect, at);
                holdings.put(
                        effect.reference(),
                        new Holding(operation.request(), effect.amount().orElseThrow()));
            }
            case CAPTURED -> {
                if (effect.original().isPresent()) {
                    open(effect, at);
                }
            }
            case REFUNDED -> {
                var operation = open(effect, at);
                if (cardOf(subject) == SandboxCard.REFUND_RETURNED) {
                    returning.add(operation);
                }
            }
            case REFUND_RETURNED -> {
                returned.add(effect.reference());
                returning.removeIf(o -> o.request().reference().equals(effect.reference()));
            }
            case REVERSED -> {
                open(effect, at);
                returning.removeIf(o -> o.request().original().equals(effect.original()));
            }
            case TOMBSTONED -> {
                open(effect, at);
                tombstones.add(subject);
            }
            case RELEASED -> {
                // Its capture has the answer.
            }
            case VOIDED, DECLINED, NOT_PROCESSED -> open(effect, at);
        }
        holding(subject).ifPresent(holding -> holding.apply(effect));
    }

    private Operation open(Effect effect, Instant at) {
        var reference = effect.reference();
        var request =
                asked.filter(last -> last.reference().equals(reference))
                        .orElseThrow(() -> broken(effect, "without its request before it"));
        var operation = new Operation(request, effect, at);
        if (operations.putIfAbsent(reference, operation) != null) {
            throw broken(effect, "for a reference that already has its outcome");
        }
        return operation;
    }

    private static IllegalStateException broken(Effect effect, String how) {
        return new IllegalStateException(
                "effect %s of %s %s".formatted(effect.kind().wire(), effect.reference(), how));
    }

    private SandboxCard cardOf(String authorisation) {
        return holding(authorisation).map(Holding::card).orElse(SandboxCard.UNLISTED);
    }

    private Answer repeated(Operation known, Request request) {
        return known.request().equals(request)
                ? told(known)
                : new Answer.Conflict(request.reference());
    }

    private Answer inquired(Optional<Operation> known, Request request, Instant now) {
        return known.filter(operation -> operation.request().account().equals(request.account()))
                .filter(operation -> !isHidden(operation, now))
                .<Answer>map(operation -> stands(operation))
                .orElseGet(() -> new Answer.NotFound(request.reference()));
    }

    private boolean isHidden(Operation operation, Instant now) {
        if (operation.effect().kind() != EffectKind.AUTHORIZED) {
            return false;
        }
        var reference = operation.request().reference();
        return now.isBefore(operation.at().plus(temper.hides(cardOf(reference), reference)));
    }

    /** The outcome as it was first told. */
    private Answer.Outcome told(Operation operation) {
        var request = operation.request();
        var effect = operation.effect();
        return new Answer.Outcome(
                request.reference(),
                request.account(),
                status(effect.kind()),
                amount(effect),
                request.cardLast4().map(_ -> isCaptured(operation)),
                effect.declineCode(),
                provisional(effect));
    }

    /** The outcome as it stands, with what happened to it since. */
    private Answer.Outcome stands(Operation operation) {
        var told = told(operation);
        var effect = operation.effect();
        var subject = effect.original().orElse(effect.reference());
        boolean undone = holding(subject).map(Holding::isReversed).orElse(false);
        return switch (effect.kind()) {
            case AUTHORIZED, CAPTURED -> undone ? told.with(Status.REVERSED) : told;
            case REFUNDED ->
                    returned.contains(told.reference()) ? told.with(Status.RETURNED) : told;
            case RELEASED, VOIDED, REFUND_RETURNED, REVERSED, TOMBSTONED, DECLINED, NOT_PROCESSED ->
                    told;
        };
    }

    private static Status status(EffectKind kind) {
        return switch (kind) {
            case AUTHORIZED, CAPTURED, RELEASED, VOIDED, REFUNDED -> Status.APPROVED;
            case REFUND_RETURNED -> Status.RETURNED;
            case REVERSED -> Status.REVERSED;
            case TOMBSTONED -> Status.TOMBSTONED;
            case DECLINED -> Status.DECLINED;
            case NOT_PROCESSED -> Status.NOT_PROCESSED;
        };
    }

    /** Of a reversal the amount of what it reversed, of all else its own. */
    private Optional<Amount> amount(Effect effect) {
        return effect.kind() == EffectKind.REVERSED
                ? effect.original().flatMap(this::holding).map(Holding::authorized)
                : effect.amount();
    }

    private static boolean isCaptured(Operation operation) {
        return operation.request().capture() && operation.effect().kind() == EffectKind.AUTHORIZED;
    }

    private Optional<Duration> provisional(Effect effect) {
        boolean mayReturn =
                effect.kind() == EffectKind.REFUNDED
                        && effect.original()
                                .map(this::cardOf)
                                .equals(Optional.of(SandboxCard.REFUND_RETURNED));
        return Optional.of(Temper.PROVISIONAL).filter(_ -> mayReturn);
    }
}
