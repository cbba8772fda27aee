package dev.paygateway.chaos.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** How figures are written. */
final class Words {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss.S").withZone(ZoneOffset.UTC);

    private Words() {}

    /** Tenths of a second: nobody needs more on a page. */
    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
    }

    /** When it was, on the day of the report. */
    static String clock(Instant at) {
        return CLOCK.format(at);
    }

    /** To the second. */
    static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString().replace("T", " ");
    }

    static String millis(Duration time) {
        return String.format(Locale.ROOT, "%d ms", time.toMillis());
    }

    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** As text in HTML or SVG. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
