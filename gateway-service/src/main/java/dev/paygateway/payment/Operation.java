package dev.paygateway.payment;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.joda.money.Money;

/**
 * One request to one acquirer, committed before it is sent and ended by one outcome.
 *
 * @param watch when recovery looks at it next
 * @param fence grows with each lease; a write under an older one is refused
 */
public record Operation(
        OperationId id,
        Order order,
        State state,
        Optional<String> acquirerReference,
        Optional<Decline> decline,
        Watch watch,
        long fence,
        Instant updatedAt) {

    /**
     * What is asked of the acquirer; never changes.
     *
     * @param resource the id that the merchant sees: {@code cap_}, {@code vd_}, {@code ref_} or
     *     {@code rev_}; none for an authorisation
     * @param last a capture after which the rest of the hold is released
     * @param target the authorisation that this operation builds on; none for an authorisation
     * @param key the merchant's idempotency key; none where recovery started it
     * @param requestId the merchant's request that began it, or the payment's id for recovery
     * @param sendUntil no try starts that could end after this
     */
    public record Order(
            PaymentId payment,
            Merchant merchant,
            Kind kind,
            Optional<String> resource,
            Money amount,
            boolean last,
            Optional<String> reason,
            Optional<OperationId> target,
            String acquirer,
            Optional<String> key,
            String requestId,
            Instant sendUntil,
            Instant createdAt) {}

    /** What an acquirer can be asked to do. */
    public enum Kind {
        AUTHORIZE,
        CAPTURE,
        VOID,
        REFUND,
        REVERSE;

        /** The name as it stands in rows and events. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The kind of that name. */
        public static Kind of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    /** How far it came. */
    public enum State {
        SENT,
        SUCCEEDED,
        DECLINED,
        FAILED,
        UNKNOWN,
        NEEDS_REVIEW;

        /** The name as it stands in rows and events. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The state of that name. */
        public static State of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * Recovery's diary.
     *
     * @param nextCheckAt none: nothing left to find out
     * @param checks how often the acquirer was asked
     * @param notFound how often it knew nothing
     */
    public record Watch(Optional<Instant> nextCheckAt, int checks, int notFound) {
        static Watch from(Instant first) {
            return new Watch(Optional.of(first), 0, 0);
        }

        Watch over() {
            return new Watch(Optional.empty(), checks, notFound);
        }

        Watch again(Instant at) {
            return new Watch(Optional.of(at), checks + 1, notFound);
        }

        Watch missed() {
            return new Watch(nextCheckAt, checks, notFound + 1);
        }
    }

    /** About to be sent; recovery looks at it once no try can be under way any more. */
    static Operation sent(OperationId id, Order order) {
        return new Operation(
                id,
                order,
                State.SENT,
                Optional.empty(),
                Optional.empty(),
                Watch.from(order.sendUntil()),
                0,
                order.createdAt());
    }

    /** True while its outcome is awaited. */
    public boolean isOpen() {
        return state == State.SENT || state == State.UNKNOWN;
    }

    Operation ended(State end, Instant at) {
        return new Operation(id, order, end, acquirerReference, decline, watch.over(), fence, at);
    }

    Operation approved(Outcome.Approved answer, Instant at) {
        var next = answer.provisional().map(wait -> Watch.from(at.plus(wait)));
        return new Operation(
                id,
                order,
                State.SUCCEEDED,
                Optional.of(answer.acquirerReference()),
                decline,
                next.orElseGet(watch::over),
                fence,
                at);
    }

    Operation declined(Decline reason, Instant at) {
        return new Operation(
                id,
                order,
                State.DECLINED,
                acquirerReference,
                Optional.of(reason),
                watch.over(),
                fence,
                at);
    }

    /** Its outcome is not known yet; recovery asks again at the given time. */
    Operation awaited(Watch next, Instant at) {
        return new Operation(id, order, State.UNKNOWN, acquirerReference, decline, next, fence, at);
    }

    /** The same state, looked at again later. */
    Operation watched(Watch next, Instant at) {
        return new Operation(id, order, state, acquirerReference, decline, next, fence, at);
    }
}
