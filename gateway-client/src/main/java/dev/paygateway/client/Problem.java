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
        Optional<String> requestId) {}
