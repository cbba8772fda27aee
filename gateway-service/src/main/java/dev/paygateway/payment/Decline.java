package dev.paygateway.payment;

import java.util.Locale;
import java.util.Optional;

/**
 * Why an issuer or acquirer said no.
 *
 * @param code the gateway's word for it, e.g. {@code insufficient_funds}
 * @param networkCode the card network's own code (ISO 8583 field 39), where the acquirer told it
 */
public record Decline(String code, Optional<String> networkCode, Advice advice) {
    /** What the merchant should do next. */
    public enum Advice {
        DO_NOT_RETRY,
        RETRY_LATER,
        FIX_DATA,
        OTHER_METHOD;

        /** The name as it stands in rows and answers. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The advice of that name. */
        public static Advice of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }
}
