package dev.paygateway.payment;

import java.util.Locale;

/** Where a payment stands. Only {@link Rules} moves it. */
public enum Status {
    PROCESSING,
    UNKNOWN,
    REQUIRES_ACTION,
    AUTHORIZED,
    PARTIALLY_CAPTURED,
    CAPTURED,
    CANCELED,
    EXPIRED,
    DECLINED,
    /** Proved never charged: nothing was sent, or the acquirer sealed our reference. */
    FAILED,
    NEEDS_REVIEW;

    /** The name as it stands in rows and answers, e.g. {@code partially_captured}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The status of that name. */
    public static Status of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    /** True where the payment took no money and never will: its reference may be used again. */
    public boolean isVoid() {
        return switch (this) {
            case DECLINED, FAILED, CANCELED, EXPIRED -> true;
            case PROCESSING,
                    UNKNOWN,
                    REQUIRES_ACTION,
                    AUTHORIZED,
                    PARTIALLY_CAPTURED,
                    CAPTURED,
                    NEEDS_REVIEW ->
                    false;
        };
    }

    /** What a merchant may believe about money in this status. */
    public MoneyMoved moneyMoved() {
        return switch (this) {
            case PROCESSING, UNKNOWN, NEEDS_REVIEW -> MoneyMoved.UNKNOWN;
            case REQUIRES_ACTION, CANCELED, EXPIRED, DECLINED, FAILED -> MoneyMoved.NO;
            case AUTHORIZED -> MoneyMoved.RESERVED;
            case PARTIALLY_CAPTURED, CAPTURED -> MoneyMoved.YES;
        };
    }

    /** Said in every answer. */
    public enum MoneyMoved {
        NO,
        RESERVED,
        YES,
        UNKNOWN;

        /** The name as it stands in answers. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
