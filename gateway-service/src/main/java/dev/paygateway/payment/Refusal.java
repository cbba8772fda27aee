package dev.paygateway.payment;

import java.util.Set;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** Why a command was not begun. Nothing was stored and nothing was sent. */
public sealed interface Refusal {
    /** No such payment of this merchant. */
    record NotFound() implements Refusal {}

    /**
     * The payment's status does not allow it.
     *
     * @param allowed the statuses that would
     */
    record InvalidState(Payment payment, Set<Status> allowed) implements Refusal {
        public InvalidState {
            allowed = Set.copyOf(allowed);
        }
    }

    /** Another capture or void of this payment is under way. */
    record Busy(Payment payment) implements Refusal {}

    /** More than is left to capture. */
    record ExceedsCapturable(Payment payment, Money asked) implements Refusal {}

    /** More than is left to refund. */
    record ExceedsRefundable(Payment payment, Money asked) implements Refusal {}

    /** The merchant expected another refundable amount. */
    record RefundableChanged(Payment payment, Money expected) implements Refusal {}

    /** The payment is in another currency. */
    record OtherCurrency(Payment payment, CurrencyUnit asked) implements Refusal {}

    /** A payment that is not void carries the reference already. */
    record DuplicateReference(PaymentId holder) implements Refusal {}

    /** The card's last month is over. */
    record ExpiredCard() implements Refusal {}

    /** No acquirer can be reached at all; nothing was stored. */
    record NoRoute() implements Refusal {}
}
