package dev.paygateway.edge;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How long a money request waits (RFC 7240).
 *
 * @param forCommit until the first commit has to be confirmed
 * @param forAnswer until the answer is given, final or not
 * @param applied which preference of the caller was followed
 */
record Preference(Duration forCommit, Duration forAnswer, Optional<String> applied) {
    private static final Pattern WAIT = Pattern.compile("wait\\s*=\\s*\"?([0-9]{1,4})\"?");
    private static final String AT_ONCE = "respond-async";

    /** Reads {@code Prefer} headers; what is not understood is ignored, as the RFC wants it. */
    static Preference of(List<String> headers, EdgeSettings settings) {
        for (var header : headers) {
            for (var preference : header.split(",", -1)) {
                var wish = preference.split(";", -1)[0].strip().toLowerCase(Locale.ROOT);
                var wait = WAIT.matcher(wish);
                if (wish.equals(AT_ONCE)) {
                    return new Preference(
                            settings.waitUsual(), Duration.ZERO, Optional.of(AT_ONCE));
                }
                if (wait.matches()) {
                    return waiting(Integer.parseInt(wait.group(1)), settings);
                }
            }
        }
        return new Preference(settings.waitUsual(), settings.waitUsual(), Optional.empty());
    }

    private static Preference waiting(int seconds, EdgeSettings settings) {
        var wait = Collections.min(List.of(Duration.ofSeconds(seconds), settings.waitMax()));
        var commit = Collections.max(List.of(wait, settings.waitUsual()));
        return new Preference(commit, wait, Optional.of("wait=" + wait.toSeconds()));
    }
}
