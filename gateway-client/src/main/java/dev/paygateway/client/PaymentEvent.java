package dev.paygateway.client;

import java.time.Instant;
import java.util.Optional;

/**
 * One line of a payment's timeline.
 *
 * @param sequence 1 to n, without a gap
 * @param type e.g. {@code payment.captured}
 * @param status of the payment after it
 * @param created when it was committed, UTC
 */
public record PaymentEvent(
        long sequence, String type, Optional<PaymentStatus> status, Instant created) {}
