package dev.paygateway.chaos.drill;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Lengths of time as pages write them: {@code 30s}, {@code 5m}. */
final class Lengths {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,5})(ms|s|m)");

    private Lengths() {}

    static Optional<Duration> parse(String text) {
        var found = FORM.matcher(text);
        if (!found.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(found.group(1));
        return Optional.of(
                switch (found.group(2)) {
                    case "ms" -> Duration.ofMillis(number);
                    case "s" -> Duration.ofSeconds(number);
                    default -> Duration.ofMinutes(number);
                });
    }
}
