package dev.paygateway.client;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether money moved, as far as an answer knows: the one field that decides about a repeat. */
public enum MoneyMoved {
    NO,
    /** The issuer holds it; nothing was captured yet. */
    RESERVED,
    YES,
    /** Nobody knows yet: repeat with the same key, never with another. */
    UNKNOWN;

    static Optional<MoneyMoved> read(String word) {
        return Stream.of(values()).filter(value -> value.word().equals(word)).findAny();
    }

    /** The word on the wire, e.g. {@code reserved}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
