package dev.paygateway.chaos.acquirer;

import dev.paygateway.chaos.acquirer.Fact.Effect;
import dev.paygateway.chaos.acquirer.Fact.Request;
import java.util.Optional;

/**
 * The money of one approved authorisation, in minor units.
 *
 * <p>Always: {@code 0 <= refunded <= captured} and {@code captured + freed <= authorized}.
 */
final class Holding {
    private final Request request;
    private final Amount authorized;
    private long captured;
    private long freed;
    private long refunded;
    private boolean isReversed;

    Holding(Request request, Amount authorized) {
        this.request = request;
        this.authorized = authorized;
    }

    Amount authorized() {
        return authorized;
    }

    String account() {
        return request.account();
    }

    SandboxCard card() {
        return SandboxCard.ofApproved(request.cardLast4().orElseThrow());
    }

    boolean isReversed() {
        return isReversed;
    }

    /** True while an authorisation that captures at once has not done so. */
    boolean awaitsCapture() {
        return request.capture() && captured == 0;
    }

    Request request() {
        return request;
    }

    long held() {
        return authorized.value() - captured - freed;
    }

    private long refundable() {
        return captured - refunded;
    }

    /** What a reversal would undo now. */
    long undoable() {
        return held() + refundable();
    }

    Optional<DeclineCode> refusesCapture(Amount amount) {
        if (isReversed || held() == 0) {
            return Optional.of(DeclineCode.INVALID_STATE);
        }
        return refusesAmount(amount, held());
    }

    Optional<DeclineCode> refusesVoid() {
        return Optional.of(DeclineCode.INVALID_STATE).filter(_ -> isReversed || held() == 0);
    }

    Optional<DeclineCode> refusesRefund(Amount amount) {
        if (isReversed || captured == 0) {
            return Optional.of(DeclineCode.INVALID_STATE);
        }
        return refusesAmount(amount, refundable());
    }

    private Optional<DeclineCode> refusesAmount(Amount amount, long valueMax) {
        boolean fits =
                amount.currency().equals(authorized.currency()) && amount.value() <= valueMax;
        return Optional.of(DeclineCode.INVALID_AMOUNT).filter(_ -> !fits);
    }

    /**
     * Books an effect on this money.
     *
     * @throws IllegalStateException if it breaks the sums: the books are then not to be trusted
     */
    void apply(Effect effect) {
        long value = effect.amount().map(Amount::value).orElse(0L);
        switch (effect.kind()) {
            case CAPTURED -> captured += value;
            case VOIDED, RELEASED -> freed += value;
            case REFUNDED -> refunded += value;
            case REFUND_RETURNED -> refunded -= value;
            case REVERSED -> reverse();
            case AUTHORIZED, TOMBSTONED, DECLINED, NOT_PROCESSED -> {}
        }
        if (refunded < 0 || refundable() < 0 || held() < 0) {
            throw new IllegalStateException(
                    "%s %s breaks the sums of %s: authorized %d, captured %d, freed %d, refunded %d"
                            .formatted(
                                    effect.kind().wire(),
                                    effect.reference(),
                                    request.reference(),
                                    authorized.value(),
                                    captured,
                                    freed,
                                    refunded));
        }
    }

    private void reverse() {
        freed += held();
        refunded = captured;
        isReversed = true;
    }
}
