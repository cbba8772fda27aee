package dev.paygateway.client;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * How much of a captured payment to give back.
 *
 * @param reason free words, kept with the refund
 * @param expectedRefundable minor units that the caller believes are left; another number is
 *     answered 412 {@code refundable_changed} and nothing is refunded
 */
public record RefundRequest(
        Money amount, Optional<String> reason, OptionalLong expectedRefundable) {
    public static RefundRequest of(Money amount) {
        return new RefundRequest(amount, Optional.empty(), OptionalLong.empty());
    }

    public RefundRequest because(String words) {
        return new RefundRequest(amount, Optional.of(words), expectedRefundable);
    }

    public RefundRequest ifRefundable(long minorUnits) {
        return new RefundRequest(amount, reason, OptionalLong.of(minorUnits));
    }
}
