package dev.paygateway.payment;

import java.util.Locale;

/** Whose payment it is: part of every key and of every WHERE. */
public record Merchant(String id, Mode mode) {
    /** Test payments and live payments never meet. */
    public enum Mode {
        TEST,
        LIVE;

        /** The name as it stands in tokens, rows and answers. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
