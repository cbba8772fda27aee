package dev.paygateway.client;

import java.util.Locale;
import java.util.stream.Stream;

/** What the gateway says about a repeat of the request it answered. */
public enum Retry {
    NEVER,
    /** Send it again as it is: this client does so by itself, within its bound. */
    SAME_KEY,
    /** This key is used up; a corrected request needs another. */
    NEW_KEY,
    /** Something has to happen first, e.g. a capture before a refund. */
    AFTER_ACTION,
    /** The answer did not say: a repeat with the same key is always safe. */
    UNSAID;

    static Retry read(String word) {
        return Stream.of(values())
                .filter(retry -> retry != UNSAID && retry.word().equals(word))
                .findAny()
                .orElse(UNSAID);
    }

    /** The word on the wire, e.g. {@code same_key}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
