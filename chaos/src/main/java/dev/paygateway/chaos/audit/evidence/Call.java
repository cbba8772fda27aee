package dev.paygateway.chaos.audit.evidence;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * One HTTP attempt as the client saw it: what it asked and what came back.
 *
 * @param answer absent when the client died before it could write one, which is {@code info}
 */
public record Call(
        String run,
        long number,
        long process,
        Operation operation,
        String merchant,
        Optional<String> key,
        Asked asked,
        Moment invoked,
        Optional<Answer> answer) {
    private static final long DECLINED = 402;

    /** What a client can ask for; what only reads carries no idempotency key. */
    public enum Operation {
        PAY,
        CAPTURE,
        VOID,
        REFUND,
        GET,
        LIST,
        EVENTS
    }

    /**
     * The request's content.
     *
     * @param amount in minor units
     * @param card the last four digits
     * @param body SHA-256 of the request's body without the card
     */
    public record Asked(
            Optional<String> payment,
            Optional<String> reference,
            OptionalLong amount,
            Optional<String> currency,
            Optional<String> card,
            Optional<String> capture,
            Optional<String> body,
            Optional<String> target) {}

    /** What an answer tells the client: done, accepted, refused for good, or nothing. */
    public enum Outcome {
        OK,
        ACK,
        FAIL,
        INFO
    }

    /** The sums of a payment as an answer shows them, in minor units. */
    public record Shown(long authorized, long captured, long refunded) {}

    /**
     * The answer.
     *
     * @param resource the capture, void or refund that the answer is about
     * @param resourceStatus its status, where it is not the payment that is shown
     * @param http the status code, absent when there was no readable answer
     * @param paymentStatus of the payment, where the answer shows one, be it in a refusal
     * @param shown its sums
     * @param body SHA-256 of the answer's body
     * @param region which region answered, where the client noted it
     */
    public record Answer(
            Outcome outcome,
            Moment at,
            Optional<String> payment,
            Optional<String> resource,
            Optional<String> resourceStatus,
            OptionalLong http,
            Optional<PaymentStatus> paymentStatus,
            Optional<Shown> shown,
            Optional<String> moneyMoved,
            Optional<String> code,
            OptionalLong version,
            Optional<String> body,
            boolean replayed,
            Optional<String> error,
            Optional<String> region) {}

    /** Whether the call carries its key as a promise; a read may carry one as a name only. */
    public boolean isWrite() {
        return switch (operation) {
            case PAY, CAPTURE, VOID, REFUND -> true;
            case GET, LIST, EVENTS -> false;
        };
    }

    public Outcome outcome() {
        return answer.map(Answer::outcome).orElse(Outcome.INFO);
    }

    public long http() {
        return answer.map(Answer::http).orElse(OptionalLong.empty()).orElse(0);
    }

    public boolean code(String code) {
        return answer.flatMap(Answer::code).filter(code::equals).isPresent();
    }

    /** Whether the answer promised that no money has moved. */
    public boolean saysNoMoneyMoved() {
        return answer.flatMap(Answer::moneyMoved).filter("no"::equals).isPresent();
    }

    /** Whether the gateway did its work: it accepted, or the issuer or gateway truly declined. */
    public boolean isServed() {
        return switch (outcome()) {
            case OK, ACK -> true;
            case FAIL -> http() == DECLINED;
            case INFO -> false;
        };
    }

    /** The payment that the call is about, as far as the client knows. */
    public Optional<String> payment() {
        return asked.payment().or(() -> answer.flatMap(Answer::payment));
    }
}
