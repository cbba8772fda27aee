package dev.paygateway.client;

import java.util.Optional;

/**
 * A payment as one answer showed it: a snapshot, old the moment it arrives.
 *
 * @param id {@code pay_...}
 * @param amount what was asked for
 * @param authorized minor units that the issuer holds or has paid
 * @param captured minor units taken
 * @param refunded minor units given back
 * @param capturable minor units still free to capture
 * @param refundable minor units still free to refund
 * @param version counts the commits of this payment; a read never shows a smaller one later
 * @param reference the merchant's own name for it
 */
public record Payment(
        String id,
        PaymentStatus status,
        MoneyMoved moneyMoved,
        Money amount,
        long authorized,
        long captured,
        long refunded,
        long capturable,
        long refundable,
        long version,
        String reference,
        Optional<Decline> decline) {}
