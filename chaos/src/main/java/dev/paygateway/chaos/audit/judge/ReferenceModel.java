package dev.paygateway.chaos.audit.judge;

import static dev.paygateway.chaos.audit.evidence.PaymentStatus.AUTHORIZED;
import static dev.paygateway.chaos.audit.evidence.PaymentStatus.CANCELED;
import static dev.paygateway.chaos.audit.evidence.PaymentStatus.CAPTURED;
import static dev.paygateway.chaos.audit.evidence.PaymentStatus.DECLINED;
import static dev.paygateway.chaos.audit.evidence.PaymentStatus.EXPIRED;
import static dev.paygateway.chaos.audit.evidence.PaymentStatus.FAILED;
import static dev.paygateway.chaos.audit.evidence.PaymentStatus.NEEDS_REVIEW;
import static dev.paygateway.chaos.audit.evidence.PaymentStatus.PARTIALLY_CAPTURED;
import static dev.paygateway.chaos.audit.evidence.PaymentStatus.PROCESSING;
import static dev.paygateway.chaos.audit.evidence.PaymentStatus.REQUIRES_ACTION;
import static dev.paygateway.chaos.audit.evidence.PaymentStatus.UNKNOWN;

import dev.paygateway.chaos.audit.evidence.PaymentStatus;
import dev.paygateway.chaos.audit.evidence.Row;
import dev.paygateway.chaos.audit.evidence.Row.Amounts;
import dev.paygateway.chaos.audit.evidence.Row.Operation.Kind;
import dev.paygateway.chaos.audit.evidence.Row.Operation.State;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A payment as api.md, section 4, wants it, written from that page alone: fed with the events of
 * one payment it says which of them could not have happened, and what the row must hold after them.
 *
 * <p>An event is either {@code payment.<status>}, which moves the payment, or {@code
 * <kind>.<state>}, which moves an operation and leaves the status alone. What either does to the
 * amounts follows from the operation's kind and amount; the amounts that the event carries must be
 * the same.
 */
final class ReferenceModel {
    private final long amount;
    private final Map<String, State> operations = new HashMap<>();
    private Optional<PaymentStatus> status = Optional.empty();
    private Amounts amounts = Amounts.NONE;

    ReferenceModel(long amount) {
        this.amount = amount;
    }

    Optional<PaymentStatus> status() {
        return status;
    }

    Amounts amounts() {
        return amounts;
    }

    /** What the events say of an operation; nothing for what only moves the payment. */
    Optional<State> state(Row.Operation operation) {
        return isFollowed(operation)
                ? Optional.ofNullable(operations.get(operation.id()))
                : Optional.empty();
    }

    /** Takes one event; what is wrong with it, if anything is. */
    Optional<String> apply(Row.Event event, Row.Operation operation) {
        if (!event.previous().or(() -> status).equals(status)) {
            return Optional.of("previous_status " + event.previous() + " after " + status);
        }
        var problem =
                switch (event.type()) {
                    case "payment.late_success_reversed" -> lateSuccess(event);
                    case "payment.rerouted" -> unmoved(event, Set.of(PROCESSING, UNKNOWN));
                    case "reverse.sent" -> reversing(event);
                    case "operation.needs_review" -> moveOperation(operation, State.NEEDS_REVIEW);
                    case String type when type.startsWith("payment.") ->
                            movePayment(event, operation);
                    case String type -> moveOperation(type, operation);
                };
        if (problem.isPresent()) {
            return problem;
        }
        if (event.status() != status.orElse(null)) {
            return Optional.of("status " + event.status() + " where the model is " + status);
        }
        return event.amounts().equals(amounts)
                ? Optional.empty()
                : Optional.of(event.amounts() + " where the model has " + amounts);
    }

    private static Set<PaymentStatus> next(PaymentStatus from) {
        return switch (from) {
            case PROCESSING ->
                    EnumSet.of(
                            AUTHORIZED,
                            CAPTURED,
                            REQUIRES_ACTION,
                            DECLINED,
                            FAILED,
                            UNKNOWN,
                            NEEDS_REVIEW);
            case UNKNOWN ->
                    EnumSet.of(AUTHORIZED, CAPTURED, DECLINED, FAILED, CANCELED, NEEDS_REVIEW);
            case REQUIRES_ACTION -> EnumSet.of(PROCESSING, EXPIRED, CANCELED);
            case AUTHORIZED -> EnumSet.of(PARTIALLY_CAPTURED, CAPTURED, CANCELED, EXPIRED);
            case PARTIALLY_CAPTURED -> EnumSet.of(CAPTURED);
            case NEEDS_REVIEW -> EnumSet.of(AUTHORIZED, CAPTURED, DECLINED, FAILED, CANCELED);
            case CAPTURED, CANCELED, EXPIRED, DECLINED, FAILED -> Set.of();
        };
    }

    private Optional<String> movePayment(Row.Event event, Row.Operation operation) {
        var to = event.status();
        if (!event.type().equals("payment." + to.word())) {
            return Optional.of("the status is " + to.word());
        }
        var legal = status.map(from -> next(from).contains(to)).orElse(to == PROCESSING);
        if (!legal) {
            return Optional.of("no way leads there from " + status);
        }
        var problem = moves(operation) ? moveOperation(operation, State.SUCCEEDED) : none();
        if (problem.isPresent()) {
            return problem;
        }
        if (isWrongEnd(to, operation)) {
            return Optional.of("captured " + amounts);
        }
        amounts = moved(to, event, operation);
        status = Optional.of(to);
        return none();
    }

    /** All or a final part ends the capturing, anything else does not. */
    private boolean isWrongEnd(PaymentStatus to, Row.Operation operation) {
        if (!operation.is(Kind.CAPTURE)) {
            return to == PARTIALLY_CAPTURED;
        }
        var ends = operation.finalCapture() || amounts.captured() == amounts.authorized();
        return ends != (to == CAPTURED);
    }

    private static boolean moves(Row.Operation operation) {
        return operation.is(Kind.CAPTURE) || operation.is(Kind.VOID);
    }

    private Amounts moved(PaymentStatus to, Row.Event event, Row.Operation operation) {
        return switch (to) {
            case AUTHORIZED -> new Amounts(amount, 0, 0, 0, 0);
            case PARTIALLY_CAPTURED -> amounts;
            case CAPTURED -> operation.is(Kind.AUTHORIZE) ? paid() : lowered(amounts);
            case CANCELED -> operation.is(Kind.VOID) ? lowered(amounts) : reversed(event.amounts());
            case EXPIRED -> lowered(amounts);
            case PROCESSING, UNKNOWN, REQUIRES_ACTION, DECLINED, FAILED, NEEDS_REVIEW -> amounts;
        };
    }

    private Amounts paid() {
        return new Amounts(amount, amount, 0, 0, 0);
    }

    /** What is neither captured nor to be captured is given back. */
    private static Amounts lowered(Amounts held) {
        return new Amounts(
                held.captured(), held.captured(), 0, held.refunded(), held.refundPending());
    }

    /**
     * A reversal may book what it took back as captured and refunded, in equal parts, or not at
     * all.
     */
    private Amounts reversed(Amounts booked) {
        var whole = new Amounts(amount, amount, 0, amount, 0);
        return booked.equals(whole) ? whole : Amounts.NONE;
    }

    private Optional<String> moveOperation(String type, Row.Operation operation) {
        var kind = operation.kind().name().toLowerCase(Locale.ROOT);
        for (var state : State.values()) {
            if (type.equals(kind + "." + state.name().toLowerCase(Locale.ROOT))) {
                return moveOperation(operation, state);
            }
        }
        return Optional.of("the model knows no such event of a " + kind);
    }

    private Optional<String> moveOperation(Row.Operation operation, State to) {
        var from = Optional.ofNullable(operations.put(operation.id(), to));
        if (isFollowed(operation) && !legal(operation, from, to)) {
            return Optional.of("the operation was " + from);
        }
        amounts =
                switch (operation.kind()) {
                    case CAPTURE -> captured(operation, to);
                    case REFUND -> refunded(operation, from, to);
                    case AUTHORIZE, VOID, REVERSE -> amounts;
                };
        return none();
    }

    /**
     * Authorisations and their reversals show in the payment's status, not in events of their own.
     */
    private static boolean isFollowed(Row.Operation operation) {
        return !operation.is(Kind.AUTHORIZE) && !operation.is(Kind.REVERSE);
    }

    private static boolean legal(Row.Operation operation, Optional<State> from, State to) {
        if (from.isEmpty()) {
            return to == State.SENT;
        }
        return switch (from.get()) {
            case SENT, UNKNOWN -> to != State.SENT && to != from.get();
            case SUCCEEDED -> operation.is(Kind.REFUND) && to == State.FAILED;
            case NEEDS_REVIEW -> to.isSettled();
            case DECLINED, FAILED -> false;
        };
    }

    private Amounts captured(Row.Operation operation, State to) {
        var value = operation.amount();
        return switch (to) {
            case SENT -> capture(0, value);
            case SUCCEEDED -> capture(value, -value);
            case DECLINED, FAILED -> capture(0, -value);
            case UNKNOWN, NEEDS_REVIEW -> amounts;
        };
    }

    private Amounts refunded(Row.Operation operation, Optional<State> from, State to) {
        var value = operation.amount();
        return switch (to) {
            case SENT -> refund(0, value);
            case SUCCEEDED -> refund(value, -value);
            case DECLINED, FAILED ->
                    from.filter(State.SUCCEEDED::equals).isPresent()
                            ? refund(-value, 0)
                            : refund(0, -value);
            case UNKNOWN, NEEDS_REVIEW -> amounts;
        };
    }

    private Amounts capture(long captured, long pending) {
        return new Amounts(
                amounts.authorized(),
                amounts.captured() + captured,
                amounts.capturePending() + pending,
                amounts.refunded(),
                amounts.refundPending());
    }

    private Amounts refund(long refunded, long pending) {
        return new Amounts(
                amounts.authorized(),
                amounts.captured(),
                amounts.capturePending(),
                amounts.refunded() + refunded,
                amounts.refundPending() + pending);
    }

    /**
     * Undoing an authorisation that nobody wants any more leaves the payment unknown until done.
     */
    private Optional<String> reversing(Row.Event event) {
        var problem = unmoved(event, Set.of(PROCESSING, UNKNOWN));
        status = Optional.of(UNKNOWN);
        return problem;
    }

    private Optional<String> lateSuccess(Row.Event event) {
        return unmoved(event, Set.of(CANCELED, FAILED, EXPIRED, DECLINED));
    }

    private Optional<String> unmoved(Row.Event event, Set<PaymentStatus> allowed) {
        return status.filter(allowed::contains).isPresent()
                ? none()
                : Optional.of(event.type() + " while " + status);
    }

    private static Optional<String> none() {
        return Optional.empty();
    }
}
