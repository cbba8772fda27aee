package dev.paygateway.client;

import java.util.Optional;

/**
 * One money request, repeated with one key until it has a final answer or its time is up.
 *
 * <p>A payment that was accepted is polled by GET; a capture, a void or a refund is asked for again
 * with its key, which joins the first or replays its answer.
 */
final class KeyedCall {
    private final Target target;
    private final Tries tries;

    private Optional<Payment> seen = Optional.empty();
    private boolean accepted;
    private boolean harmless;
    private String lastError = "";

    /**
     * What is asked for.
     *
     * @param path of the POST
     * @param paymentId of the payment in the path; absent for a new one
     */
    record Target(
            Attempt.Purpose purpose,
            String path,
            Optional<String> paymentId,
            IdempotencyKey key,
            Body body) {}

    KeyedCall(Target target, Tries tries) {
        this.target = target;
        this.tries = tries;
        harmless = !tries.isRepeat();
    }

    PaymentResult run() {
        while (true) {
            var reading = pollable() ? poll() : post();
            var end = weigh(reading);
            if (end.isPresent()) {
                return end.get();
            }
            var again = reading instanceof Reading.Again asked ? Optional.of(asked) : noAgain();
            if (!tries.pauseBeforeNext(
                    again.flatMap(Reading.Again::notBefore),
                    again.isPresent() && again.get().elsewhere(),
                    again.isPresent() && again.get().harmless())) {
                return timeIsUp();
            }
        }
    }

    private static Optional<Reading.Again> noAgain() {
        return Optional.empty();
    }

    private boolean pollable() {
        return target.purpose() == Attempt.Purpose.PAY && accepted && seen.isPresent();
    }

    private Reading post() {
        var exchange =
                tries.send(
                        new Tries.Request(
                                target.purpose(),
                                target.path(),
                                Optional.of(target.key()),
                                target.paymentId(),
                                Optional.of(target.body()),
                                !harmless));
        return Reading.ofPost(exchange);
    }

    private Reading poll() {
        return Reading.ofPoll(tries.send(Tries.Request.ofPayment(seen.orElseThrow().id())));
    }

    /** Empty: go on. */
    private Optional<PaymentResult> weigh(Reading reading) {
        return switch (reading) {
            case Reading.Succeeded(var payment, var operation, var replayed) ->
                    Optional.of(
                            new PaymentResult.Approved(
                                    payment,
                                    operation,
                                    trail(moved(payment, operation), replayed)));
            case Reading.Declined(var problem, var replayed) ->
                    Optional.of(
                            new PaymentResult.Declined(
                                    problem.payment(), problem, trail(moved(problem), replayed)));
            case Reading.Refused(var problem, var replayed) ->
                    Optional.of(
                            new PaymentResult.Refused(
                                    problem,
                                    trail(
                                            harmless ? moved(problem) : MoneyMoved.UNKNOWN,
                                            replayed)));
            case Reading.Parked(var payment) ->
                    Optional.of(
                            new PaymentResult.Pending(
                                    Optional.of(payment), trail(payment.moneyMoved(), false)));
            case Reading.Accepted(var payment) -> {
                accepted = true;
                harmless = false;
                seen = payment.or(() -> seen);
                yield Optional.empty();
            }
            case Reading.Again again -> {
                harmless &= again.harmless();
                lastError = again.error();
                yield Optional.empty();
            }
        };
    }

    private PaymentResult timeIsUp() {
        if (accepted) {
            return new PaymentResult.Pending(
                    seen, trail(seen.map(Payment::moneyMoved).orElse(MoneyMoved.UNKNOWN), false));
        }
        return new PaymentResult.Unreachable(
                "%s, after %d tries".formatted(lastError, tries.made()),
                trail(harmless ? MoneyMoved.NO : MoneyMoved.UNKNOWN, false));
    }

    private PaymentResult.Trail trail(MoneyMoved moved, boolean replayed) {
        return new PaymentResult.Trail(tries.made(), moved, replayed);
    }

    private static MoneyMoved moved(Problem problem) {
        return problem.moneyMoved().orElse(MoneyMoved.UNKNOWN);
    }

    /** A void that succeeded frees money, it moves none. */
    private static MoneyMoved moved(Optional<Payment> payment, Optional<Operation> operation) {
        return payment.map(Payment::moneyMoved)
                .or(() ->
                        operation.map(done ->
                                "void".equals(done.kind()) ? MoneyMoved.NO : MoneyMoved.YES))
                .orElse(MoneyMoved.UNKNOWN);
    }
}
