package dev.paygateway.payment;

import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * The money of one payment, all in one currency. {@code 0 <= refunded + refundPending <= captured}
 * and {@code captured + capturePending <= authorized} hold in every instance.
 *
 * @param authorized what the issuer still holds or has paid
 * @param capturePending reserved by a capture that has no outcome yet
 * @param refundPending reserved by refunds that have no outcome yet
 */
public record Amounts(
        Money authorized,
        Money captured,
        Money capturePending,
        Money refunded,
        Money refundPending) {

    public Amounts {
        if (captured.isNegative()
                || capturePending.isNegative()
                || refunded.isNegative()
                || refundPending.isNegative()
                || refunded.plus(refundPending).isGreaterThan(captured)
                || captured.plus(capturePending).isGreaterThan(authorized)) {
            throw new IllegalArgumentException(
                    "authorized %s, captured %s (+%s), refunded %s (+%s) contradict each other"
                            .formatted(
                                    authorized, captured, capturePending, refunded, refundPending));
        }
    }

    /** Nothing authorised yet, or no more. */
    public static Amounts none(CurrencyUnit currency) {
        var zero = Money.zero(currency);
        return new Amounts(zero, zero, zero, zero, zero);
    }

    /** What a capture may still take. */
    public Money capturable() {
        return authorized.minus(captured).minus(capturePending);
    }

    /** What refunds may still give back. */
    public Money refundable() {
        return captured.minus(refunded).minus(refundPending);
    }

    Amounts authorizing(Money amount) {
        return new Amounts(amount, captured, capturePending, refunded, refundPending);
    }

    Amounts sold(Money amount) {
        return new Amounts(amount, amount, capturePending, refunded, refundPending);
    }

    Amounts reservingCapture(Money amount) {
        return new Amounts(
                authorized, captured, capturePending.plus(amount), refunded, refundPending);
    }

    Amounts releasingCapture(Money amount) {
        return new Amounts(
                authorized, captured, capturePending.minus(amount), refunded, refundPending);
    }

    Amounts capturing(Money amount) {
        return new Amounts(
                authorized,
                captured.plus(amount),
                capturePending.minus(amount),
                refunded,
                refundPending);
    }

    /** The issuer holds no more than was captured: after a void or a final capture. */
    Amounts releasingHold() {
        return new Amounts(captured, captured, capturePending, refunded, refundPending);
    }

    Amounts reservingRefund(Money amount) {
        return new Amounts(
                authorized, captured, capturePending, refunded, refundPending.plus(amount));
    }

    Amounts releasingRefund(Money amount) {
        return new Amounts(
                authorized, captured, capturePending, refunded, refundPending.minus(amount));
    }

    Amounts refunding(Money amount) {
        return new Amounts(
                authorized,
                captured,
                capturePending,
                refunded.plus(amount),
                refundPending.minus(amount));
    }

    /** The bank sent a refund back. */
    Amounts returningRefund(Money amount) {
        return new Amounts(
                authorized, captured, capturePending, refunded.minus(amount), refundPending);
    }
}
