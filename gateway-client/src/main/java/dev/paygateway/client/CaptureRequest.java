package dev.paygateway.client;

import java.util.Optional;

/**
 * How much of an authorised payment to take.
 *
 * @param amount absent: all that is left
 * @param last the rest is freed; no capture follows
 */
public record CaptureRequest(Optional<Money> amount, boolean last) {
    public static CaptureRequest all() {
        return new CaptureRequest(Optional.empty(), false);
    }

    public static CaptureRequest of(Money amount) {
        return new CaptureRequest(Optional.of(amount), false);
    }

    public CaptureRequest asLast() {
        return new CaptureRequest(amount, true);
    }
}
