package dev.paygateway.chaos.fault.manifest;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Lengths of time as Go, and so Chaos Mesh, writes them: {@code 30s}, {@code 1h30m}, {@code -5m}.
 */
public final class Length {
    private static final Pattern STEP =
            Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ns|us|µs|ms|s|m|h)");
    private static final Pattern WHOLE = Pattern.compile("[+-]?(?:" + STEP.pattern() + ")+");
    private static final Map<String, Double> NANOS =
            Map.of("ns", 1.0, "us", 1e3, "µs", 1e3, "ms", 1e6, "s", 1e9, "m", 60e9, "h", 3600e9);

    private Length() {}

    /** Empty when the text is no length of time. */
    public static Optional<Duration> parse(String text) {
        if (!WHOLE.matcher(text).matches()) {
            return Optional.empty();
        }
        double nanos =
                STEP.matcher(text)
                        .results()
                        .mapToDouble(step ->
                                Double.parseDouble(step.group(1))
                                        * NANOS.getOrDefault(step.group(2), 0.0))
                        .sum();
        return Optional.of(Duration.ofNanos((long) (text.startsWith("-") ? -nanos : nanos)));
    }
}
