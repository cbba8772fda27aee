package dev.paygateway.payment;

import dev.paygateway.payment.Decline.Advice;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * An acquirer in the same process that keeps books, is idempotent by our operation id, and does
 * what the sandbox card says. It is its own directory: the only route there is.
 */
public final class ScriptedAcquirer implements Acquirer, Acquirer.Directory {
    private static final Decline NO_MONEY =
            new Decline("insufficient_funds", Optional.of("51"), Advice.OTHER_METHOD);
    private static final Map<String, Outcome> CARDS =
            Map.of(
                    "0002", refused("generic_decline", "05", Advice.OTHER_METHOD),
                    "9995", new Outcome.Refused(NO_MONEY, false),
                    "0069", refused("expired_card", "54", Advice.FIX_DATA),
                    "0127", refused("incorrect_cvc", "N7", Advice.FIX_DATA),
                    "0500", new Outcome.Silent("HTTP 500"),
                    "0504", new Outcome.Silent("no answer"),
                    "0501", new Outcome.Unsent("connection refused"));

    private final Map<OperationId, Outcome> books = new ConcurrentHashMap<>();
    private final AtomicInteger effects = new AtomicInteger();
    private volatile boolean isReachable = true;
    private volatile UnaryOperator<Outcome> onChange = outcome -> outcome;
    private volatile Runnable beforeAnswer = () -> {};

    private static Outcome refused(String code, String networkCode, Advice advice) {
        return new Outcome.Refused(new Decline(code, Optional.of(networkCode), advice), false);
    }

    /** Effects on money so far: approvals of any kind. */
    public int effects() {
        return effects.get();
    }

    /** Whether its breaker lets calls through. */
    public void setReachable(boolean reachable) {
        isReachable = reachable;
    }

    /** What captures, voids and refunds answer, given what they would answer. */
    public void onChange(UnaryOperator<Outcome> answer) {
        onChange = answer;
    }

    /** Runs after each effect, before the answer: a test's place to delay or to fail. */
    public void beforeAnswer(Runnable action) {
        beforeAnswer = action;
    }

    @Override
    public String name() {
        return "amber";
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(true, true, true, Duration.ofSeconds(10));
    }

    @Override
    public boolean isReachable() {
        return isReachable;
    }

    @Override
    public Outcome authorize(Operation operation, Payment payment, Instrument instrument) {
        var last4 = instrument.summary().last4();
        return book(operation, CARDS.getOrDefault(last4, approved(operation)));
    }

    @Override
    public Outcome submit(Operation operation, Payment payment) {
        return operation.order().kind() == Operation.Kind.REVERSE
                ? book(operation, new Outcome.Undone(true))
                : book(operation, onChange.apply(approved(operation)));
    }

    private Outcome book(Operation operation, Outcome outcome) {
        var first = books.putIfAbsent(operation.id(), outcome);
        if (first == null && outcome instanceof Outcome.Approved) {
            effects.incrementAndGet();
        }
        beforeAnswer.run();
        return first == null ? outcome : first;
    }

    private static Outcome approved(Operation operation) {
        return new Outcome.Approved(
                "am_" + operation.id(), operation.order().amount(), Optional.empty());
    }

    @Override
    public Outcome inquire(Operation operation, Payment payment) {
        var booked = books.getOrDefault(operation.id(), new Outcome.NotFound());
        return booked instanceof Outcome.Silent ? approved(operation) : booked;
    }

    @Override
    public List<Acquirer> routes() {
        return List.of(this);
    }

    @Override
    public Acquirer named(String name) {
        return this;
    }
}
