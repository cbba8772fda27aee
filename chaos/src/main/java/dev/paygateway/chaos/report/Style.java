package dev.paygateway.chaos.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** How pages look; it is put into each of them. */
final class Style {
    private Style() {}

    static String text() {
        try (var style = Style.class.getResourceAsStream("report.css")) {
            if (style == null) {
                throw new IllegalStateException("report.css is missing beside its class");
            }
            return new String(style.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("report.css cannot be read", unreadable);
        }
    }
}
