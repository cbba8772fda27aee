package dev.paygateway.chaos.load;

import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads lengths of time as people write them: {@code 300s}, {@code 5m}, {@code 1h}. */
public final class Seconds implements ITypeConverter<Duration> {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})([smh])");

    @Override
    public Duration convert(String text) {
        var found = FORM.matcher(text);
        if (!found.matches()) {
            throw new TypeConversionException(
                    "'%s' is no length of time: give e.g. 300s, 5m or 1h".formatted(text));
        }
        long number = Long.parseLong(found.group(1));
        return switch (found.group(2).charAt(0)) {
            case 's' -> Duration.ofSeconds(number);
            case 'm' -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }
}
