package dev.paygateway.client;

import java.net.URI;
import java.util.Optional;

/**
 * One HTTP request of a call, about to leave.
 *
 * @param purpose what this very request does: a payment that is polled shows {@link Purpose#GET}
 * @param number 1 for the first of the call
 * @param address the base address it goes to
 * @param path with its query, e.g. {@code /v1/payments}
 * @param key absent for reads
 * @param paymentId of the payment in the path
 * @param bodyWithoutCard the JSON body as sent, less the payment method; empty for reads
 */
public record Attempt(
        Purpose purpose,
        int number,
        URI address,
        String path,
        Optional<IdempotencyKey> key,
        Optional<String> paymentId,
        String bodyWithoutCard) {
    /** What a request is for. */
    public enum Purpose {
        PAY,
        CAPTURE,
        VOID,
        REFUND,
        GET,
        LIST,
        EVENTS;

        boolean moves() {
            return this == PAY || this == CAPTURE || this == VOID || this == REFUND;
        }
    }
}
