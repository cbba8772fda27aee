package dev.paygateway.client;

import java.time.Duration;
import java.util.Optional;

/** What one exchange of a money request says about the whole request. */
sealed interface Reading {
    record Succeeded(Optional<Payment> payment, Optional<Operation> operation, boolean replayed)
            implements Reading {}

    record Declined(Problem problem, boolean replayed) implements Reading {}

    record Refused(Problem problem, boolean replayed) implements Reading {}

    /** It is stored and will end; ask again. */
    record Accepted(Optional<Payment> payment) implements Reading {}

    /** It waits for people or for the card holder: asking again is of no use. */
    record Parked(Payment payment) implements Reading {}

    /**
     * Ask again with the same key.
     *
     * @param harmless this try provably moved nothing
     * @param elsewhere another address may do better
     */
    record Again(boolean harmless, boolean elsewhere, Optional<Duration> notBefore, String error)
            implements Reading {}

    /** Reads the answer to a POST. */
    static Reading ofPost(Exchange exchange) {
        return switch (exchange) {
            case Exchange.Silent(var unsent, var error, _) ->
                    new Again(unsent, true, Optional.empty(), error);
            case Exchange.Answered answer ->
                    switch (answer.status() / 100) {
                        case 2 -> accepted(answer);
                        case 4 -> refused(answer);
                        default -> repeat(answer);
                    };
        };
    }

    /** Reads the answer to a GET of a payment that was accepted; only a payment ends the wait. */
    static Reading ofPoll(Exchange exchange) {
        return switch (exchange) {
            case Exchange.Silent(_, var error, _) ->
                    new Again(false, true, Optional.empty(), error);
            case Exchange.Answered answer when answer.status() == 200 ->
                    Answers.object(answer)
                            .flatMap(Answers::payment)
                            .map(payment -> ofPayment(payment, false))
                            .orElseGet(() -> repeat(answer));
            case Exchange.Answered answer -> repeat(answer);
        };
    }

    private static Reading accepted(Exchange.Answered answer) {
        var node = Answers.object(answer);
        var payment = node.flatMap(Answers::payment);
        var operation = node.flatMap(Answers::operation);
        boolean replayed = replayed(answer);
        if (payment.isEmpty() && operation.isEmpty()) {
            return repeat(answer);
        }
        if (answer.status() == 202) {
            return payment.filter(now -> now.status().meaning() == PaymentStatus.Meaning.ELSEWHERE)
                    .<Reading>map(Parked::new)
                    .orElseGet(() -> new Accepted(payment));
        }
        return payment.isPresent()
                ? ofPayment(payment.get(), replayed)
                : new Succeeded(payment, operation, replayed);
    }

    private static Reading ofPayment(Payment payment, boolean replayed) {
        var now = Optional.of(payment);
        return switch (payment.status().meaning()) {
            case OPEN -> new Accepted(now);
            case ELSEWHERE -> new Parked(payment);
            case APPROVED -> new Succeeded(now, Optional.empty(), replayed);
            case REFUSED -> new Declined(settledProblem(payment), replayed);
        };
    }

    private static Reading refused(Exchange.Answered answer) {
        var problem = Answers.problem(answer).filter(Problem::definite);
        if (problem.isEmpty()) {
            return repeat(answer);
        }
        return answer.status() == 402
                ? new Declined(problem.get(), replayed(answer))
                : new Refused(problem.get(), replayed(answer));
    }

    private static Again repeat(Exchange.Answered answer) {
        var problem = Answers.problem(answer);
        boolean harmless =
                problem.flatMap(Problem::moneyMoved).filter(MoneyMoved.NO::equals).isPresent();
        return new Again(
                harmless,
                answer.status() >= 500,
                problem.flatMap(Problem::retryAfter),
                problem.map(known -> "%d %s".formatted(answer.status(), known.code()))
                        .orElseGet(() -> "unreadable answer %d".formatted(answer.status())));
    }

    private static boolean replayed(Exchange.Answered answer) {
        return answer.header("Idempotency-Replayed").filter("true"::equals).isPresent();
    }

    /** What a POST would have been answered, told from the settled payment. */
    private static Problem settledProblem(Payment payment) {
        var code =
                switch (payment.status()) {
                    case DECLINED -> payment.decline().map(Decline::code).orElse("card_declined");
                    case FAILED -> "not_processed";
                    case CANCELED, EXPIRED -> "reversed";
                    case PROCESSING,
                            UNKNOWN,
                            REQUIRES_ACTION,
                            AUTHORIZED,
                            PARTIALLY_CAPTURED,
                            CAPTURED,
                            NEEDS_REVIEW,
                            UNLISTED ->
                            throw new IllegalStateException("not refused: " + payment.status());
                };
        return new Problem(
                402,
                code,
                "the payment ended %s".formatted(payment.status().word()),
                Optional.of(payment.moneyMoved()),
                Retry.NEW_KEY,
                Optional.empty(),
                payment.decline(),
                Optional.of(payment),
                Optional.empty());
    }
}
