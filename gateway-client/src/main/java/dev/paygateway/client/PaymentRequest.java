package dev.paygateway.client;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What to charge. {@code PaymentRequest.of(money, "order-1001", card).capturedLater()}.
 *
 * @param reference the merchant's own name, at most one living payment for each
 * @param onUnknown what the gateway does should the acquirer fall silent for good
 * @param unknownDeadline how long it may stay unknown before it is reversed
 * @param metadata kept and shown; never a card number
 */
public record PaymentRequest(
        Money amount,
        String reference,
        Card card,
        Capture capture,
        Optional<OnUnknown> onUnknown,
        Optional<Duration> unknownDeadline,
        Map<String, String> metadata) {
    /** When the money is taken. */
    public enum Capture {
        /** With the approval. */
        AUTOMATIC,
        /** By a capture of its own, later. */
        MANUAL
    }

    /** What becomes of a payment whose outcome stays unknown. */
    public enum OnUnknown {
        WAIT,
        REVERSE
    }

    public PaymentRequest {
        metadata = Map.copyOf(metadata);
    }

    public static PaymentRequest of(Money amount, String reference, Card card) {
        return new PaymentRequest(
                amount,
                reference,
                card,
                Capture.AUTOMATIC,
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    public PaymentRequest capturedLater() {
        return new PaymentRequest(
                amount, reference, card, Capture.MANUAL, onUnknown, unknownDeadline, metadata);
    }

    public PaymentRequest reversedIfUnknownAfter(Duration deadline) {
        return new PaymentRequest(
                amount,
                reference,
                card,
                capture,
                Optional.of(OnUnknown.REVERSE),
                Optional.of(deadline),
                metadata);
    }

    public PaymentRequest withAmount(Money other) {
        return new PaymentRequest(
                other, reference, card, capture, onUnknown, unknownDeadline, metadata);
    }

    public PaymentRequest withMetadata(Map<String, String> other) {
        return new PaymentRequest(
                amount, reference, card, capture, onUnknown, unknownDeadline, other);
    }
}
