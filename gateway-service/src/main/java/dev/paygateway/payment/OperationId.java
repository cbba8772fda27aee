package dev.paygateway.payment;

/** Names one request to an acquirer; it is also the acquirer's idempotency key and reference. */
public record OperationId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
