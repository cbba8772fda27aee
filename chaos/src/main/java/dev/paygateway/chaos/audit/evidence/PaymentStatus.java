package dev.paygateway.chaos.audit.evidence;

/** Where a payment stands (api.md, section 4). */
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
    FAILED,
    NEEDS_REVIEW;

    /** Whether the gateway still owes an outcome. */
    public boolean isOpen() {
        return switch (this) {
            case PROCESSING, UNKNOWN -> true;
            case REQUIRES_ACTION, AUTHORIZED, PARTIALLY_CAPTURED, CAPTURED -> false;
            case CANCELED, EXPIRED, DECLINED, FAILED, NEEDS_REVIEW -> false;
        };
    }

    /** Whether no other state may ever follow. */
    public boolean isTerminal() {
        return switch (this) {
            case CANCELED, EXPIRED, DECLINED, FAILED -> true;
            case PROCESSING, UNKNOWN, REQUIRES_ACTION, NEEDS_REVIEW -> false;
            case AUTHORIZED, PARTIALLY_CAPTURED, CAPTURED -> false;
        };
    }

    /** Whether the issuer said yes and nothing has undone it. */
    public boolean isApproved() {
        return switch (this) {
            case AUTHORIZED, PARTIALLY_CAPTURED, CAPTURED -> true;
            case PROCESSING, UNKNOWN, REQUIRES_ACTION, NEEDS_REVIEW -> false;
            case CANCELED, EXPIRED, DECLINED, FAILED -> false;
        };
    }

    /** The word of the API and of the column. */
    public String word() {
        return Words.of(this);
    }
}
