package dev.paygateway.client;

import java.time.Duration;
import java.util.Optional;

/**
 * An error answer (RFC 9457) of the gateway.
 *
 * @param status the HTTP status
 * @param code the stable word for it, e.g. {@code card_declined}
 * @param detail one sentence for people
 * @param moneyMoved absent where the answer did not say, which counts as unknown
 * @param retryAfter the least wait before a repeat
 * @param payment the payment as it stood, where there is one
 */
public record Problem(
        int status,
        String code,
        String detail,
        Optional<MoneyMoved> moneyMoved,
        Retry retry,
        Optional<Duration> retryAfter,
        Optional<Decline> decline,
        Optional<Payment> payment,
        Optional<String> requestId) {
    private static final int BAD_REQUEST = 400;

    /**
     * It ends the request: nothing is open, and the same bytes would be answered the same. A bad
     * request may use its key again once corrected, which only the caller can do.
     */
    boolean definite() {
        boolean useless = retry != Retry.SAME_KEY && retry != Retry.UNSAID;
        return moneyMoved.filter(moved -> moved != MoneyMoved.UNKNOWN).isPresent()
                && (useless || status == BAD_REQUEST);
    }
}
