package dev.paygateway.edge;

import java.util.Locale;

/** Every way in which the gateway says no, with what is always true of it. */
enum Code {
    INVALID_REQUEST(400, "Invalid request", Retry.SAME_KEY),
    INVALID_JSON(400, "Invalid JSON", Retry.SAME_KEY),
    UNKNOWN_FIELD(400, "Unknown field", Retry.SAME_KEY),
    IDEMPOTENCY_KEY_REQUIRED(400, "Idempotency key required", Retry.NEW_KEY),
    IDEMPOTENCY_KEY_INVALID(400, "Idempotency key invalid", Retry.NEW_KEY),
    UNAUTHENTICATED(401, "Unauthenticated", Retry.NEVER),
    CERTIFICATE_MISMATCH(401, "Certificate mismatch", Retry.NEVER),
    NOT_PROCESSED(402, "Not processed", Retry.NEW_KEY),
    REVERSED(402, "Reversed", Retry.NEW_KEY),
    OPERATION_DECLINED(402, "Operation declined", Retry.NEW_KEY),
    CARD_DECLINED(402, "Card declined", Retry.NEW_KEY),
    INSUFFICIENT_FUNDS(402, "Insufficient funds", Retry.NEW_KEY),
    EXPIRED_CARD(402, "Expired card", Retry.NEW_KEY),
    INCORRECT_CVC(402, "Incorrect CVC", Retry.NEW_KEY),
    SCOPE_MISSING(403, "Scope missing", Retry.NEVER),
    NOT_FOUND(404, "Not found", Retry.NEVER),
    METHOD_NOT_ALLOWED(405, "Method not allowed", Retry.NEVER),
    REQUEST_TIMEOUT(408, "Request timeout", Retry.NEVER),
    INVALID_STATE(409, "Invalid state", Retry.AFTER_ACTION),
    PAYMENT_BUSY(409, "Payment busy", Retry.SAME_KEY),
    IDEMPOTENCY_IN_PROGRESS(409, "Idempotency key in progress", Retry.SAME_KEY),
    REFUNDABLE_CHANGED(412, "Refundable amount changed", Retry.NEW_KEY),
    TOO_LARGE(413, "Too large", Retry.NEVER),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type", Retry.NEVER),
    INVALID_CARD(422, "Invalid card", Retry.NEVER),
    NO_SUCH_FEATURE(422, "No such feature", Retry.NEVER),
    AMOUNT_MISMATCH(422, "Amount mismatch", Retry.NEVER),
    AMOUNT_EXCEEDS_CAPTURABLE(422, "Amount exceeds capturable", Retry.NEVER),
    AMOUNT_EXCEEDS_REFUNDABLE(422, "Amount exceeds refundable", Retry.NEVER),
    UNSUPPORTED_CURRENCY(422, "Unsupported currency", Retry.NEVER),
    IDEMPOTENCY_KEY_REUSED(422, "Idempotency key reused", Retry.NEVER),
    DUPLICATE_REFERENCE(422, "Duplicate reference", Retry.NEVER),
    PAN_IN_METADATA(422, "Card number where none may be", Retry.NEVER),
    RATE_LIMITED(429, "Rate limited", Retry.SAME_KEY),
    HEADERS_TOO_LARGE(431, "Headers too large", Retry.NEVER),
    DATABASE_UNAVAILABLE(503, "Database unavailable", Retry.SAME_KEY),
    DRAINING(503, "Draining", Retry.SAME_KEY),
    OVERLOADED(503, "Overloaded", Retry.SAME_KEY),
    NO_ROUTE(503, "No route", Retry.SAME_KEY);

    /** What the merchant may do next. */
    enum Retry {
        NEVER,
        SAME_KEY,
        NEW_KEY,
        AFTER_ACTION;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final int status;
    private final String title;
    private final Retry retry;

    Code(int status, String title, Retry retry) {
        this.status = status;
        this.title = title;
        this.retry = retry;
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    Retry retry() {
        return retry;
    }

    /** The name as it stands in answers, e.g. {@code card_declined}. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
