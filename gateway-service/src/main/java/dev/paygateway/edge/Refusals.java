package dev.paygateway.edge;

import dev.paygateway.payment.Payment;
import dev.paygateway.payment.Refusal;
import dev.paygateway.payment.Rendering;
import dev.paygateway.payment.Status;
import java.time.Duration;
import org.joda.money.Money;

/** Says why a command was not begun. */
final class Refusals {
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Rendering rendering;

    Refusals(Rendering rendering) {
        this.rendering = rendering;
    }

    Problem problem(Refusal refusal) {
        return switch (refusal) {
            case Refusal.NotFound _ -> notFound();
            case Refusal.InvalidState state -> invalidState(state);
            case Refusal.Busy(var payment) -> busy(payment);
            case Refusal.ExceedsCapturable(var payment, _) ->
                    exceeds(
                            Code.AMOUNT_EXCEEDS_CAPTURABLE,
                            payment,
                            payment.amounts().capturable());
            case Refusal.ExceedsRefundable(var payment, _) ->
                    exceeds(
                            Code.AMOUNT_EXCEEDS_REFUNDABLE,
                            payment,
                            payment.amounts().refundable());
            case Refusal.RefundableChanged(var payment, _) -> changed(payment);
            case Refusal.OtherCurrency(var payment, _) ->
                    Problem.of(
                                    Code.UNSUPPORTED_CURRENCY,
                                    "The payment is in %s."
                                            .formatted(payment.terms().asked().getCurrencyUnit()))
                            .at("amount.currency");
            case Refusal.DuplicateReference(var holder) ->
                    Problem.of(
                                    Code.DUPLICATE_REFERENCE,
                                    "Payment %s has the reference already.".formatted(holder))
                            .at("reference");
            case Refusal.ExpiredCard _ ->
                    Problem.of(Code.INVALID_CARD, "The card has expired; ask for another.")
                            .at("payment_method.card.exp_year");
            case Refusal.NoRoute _ ->
                    Problem.of(Code.NO_ROUTE, "No acquirer can be reached; nothing was begun.")
                            .after(SOON);
        };
    }

    /** The same for what is not there and for what is another merchant's. */
    static Problem notFound() {
        return Problem.of(Code.NOT_FOUND, "There is nothing of yours under this address.");
    }

    private Problem invalidState(Refusal.InvalidState refusal) {
        return Problem.of(
                        Code.INVALID_STATE,
                        "The payment is %s, which does not allow it."
                                .formatted(refusal.payment().status().code()))
                .allowedIn(refusal.allowed().stream().sorted().map(Status::code).toList())
                .about(rendering.snapshot(refusal.payment()));
    }

    private Problem busy(Payment payment) {
        return Problem.of(Code.PAYMENT_BUSY, "Another capture or void of the payment is under way.")
                .after(SOON)
                .about(rendering.snapshot(payment));
    }

    private Problem changed(Payment payment) {
        return Problem.of(
                        Code.REFUNDABLE_CHANGED,
                        "The refundable amount is %d; look at the payment, then decide."
                                .formatted(minor(payment.amounts().refundable())))
                .at("expected_refundable")
                .about(rendering.snapshot(payment));
    }

    private Problem exceeds(Code code, Payment payment, Money left) {
        return Problem.of(code, "No more than %d is left.".formatted(minor(left)))
                .at("amount.value")
                .about(rendering.snapshot(payment));
    }

    private static long minor(Money money) {
        return money.getAmountMinorLong();
    }
}
