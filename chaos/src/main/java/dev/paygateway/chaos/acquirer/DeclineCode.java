package dev.paygateway.chaos.acquirer;

import java.util.Locale;
import java.util.Optional;

/** Why something was declined, in our words and, where an issuer spoke, in the network's. */
enum DeclineCode {
    GENERIC_DECLINE("05"),
    INSUFFICIENT_FUNDS("51"),
    EXPIRED_CARD("54"),
    INCORRECT_CVC("N7"),
    /** A reversal came before the request: it may never take effect. */
    TOMBSTONED(""),
    /** A follow-up asks for more than is left, or in another currency. */
    INVALID_AMOUNT(""),
    /** A follow-up does not fit what became of the authorisation, or there is none. */
    INVALID_STATE("");

    private final String networkCode;

    DeclineCode(String networkCode) {
        this.networkCode = networkCode;
    }

    static DeclineCode of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    Optional<String> networkCode() {
        return Optional.of(networkCode).filter(code -> !code.isEmpty());
    }

    /** True if the request was wrong, as opposed to an issuer's no. */
    boolean isBusinessError() {
        return this == INVALID_AMOUNT || this == INVALID_STATE;
    }
}
