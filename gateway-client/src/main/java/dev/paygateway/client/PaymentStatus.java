package dev.paygateway.client;

import java.util.Locale;
import java.util.stream.Stream;

/** Where a payment stands. */
public enum PaymentStatus {
    PROCESSING,
    UNKNOWN,
    REQUIRES_ACTION,
    AUTHORIZED,
    PARTIALLY_CAPTURED,
    CAPTURED,
    CANCELED,
    EXPIRED,
    DECLINED,
    /** Proved: the money did not move. */
    FAILED,
    /** People decide; may take days. */
    NEEDS_REVIEW,
    /** A word newer than this client: treated as not final. */
    UNLISTED;

    /** What a status means to the caller that asked for the payment. */
    enum Meaning {
        OPEN,
        APPROVED,
        REFUSED,
        /** Somebody else has to act, waiting does not help. */
        ELSEWHERE
    }

    static PaymentStatus read(String word) {
        return Stream.of(values())
                .filter(status -> status != UNLISTED && status.word().equals(word))
                .findAny()
                .orElse(UNLISTED);
    }

    /** The word on the wire, e.g. {@code partially_captured}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    Meaning meaning() {
        return switch (this) {
            case PROCESSING, UNKNOWN, UNLISTED -> Meaning.OPEN;
            case AUTHORIZED, PARTIALLY_CAPTURED, CAPTURED -> Meaning.APPROVED;
            case CANCELED, EXPIRED, DECLINED, FAILED -> Meaning.REFUSED;
            case REQUIRES_ACTION, NEEDS_REVIEW -> Meaning.ELSEWHERE;
        };
    }

    /** Nothing but a new request (a capture, a void, a refund) changes it any more. */
    public boolean settled() {
        return meaning() == Meaning.APPROVED || meaning() == Meaning.REFUSED;
    }
}
