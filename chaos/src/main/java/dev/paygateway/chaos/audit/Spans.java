package dev.paygateway.chaos.audit;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Times as people type them: {@code 130s}, {@code 2m}, {@code 1m30s}. */
final class Spans {
    private Spans() {}

    static Duration parse(String option, String text) {
        try {
            return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
        } catch (DateTimeParseException malformed) {
            throw new IllegalArgumentException(
                    option + " is \"" + text + "\": give a time such as 130s or 2m", malformed);
        }
    }
}
