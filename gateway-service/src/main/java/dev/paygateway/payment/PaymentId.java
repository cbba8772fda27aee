package dev.paygateway.payment;

/** Names one payment for ever: {@code pay_}, the home region's letter, a UUIDv7 in hex. */
public record PaymentId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
