package dev.paygateway.chaos.load;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code all} and {@code ok}. */
final class MixWord implements ITypeConverter<Mix> {
    @Override
    public Mix convert(String text) {
        return switch (text) {
            case "all" -> Mix.ALL;
            case "ok" -> Mix.OK;
            default ->
                    throw new TypeConversionException(
                            "'%s' is no mix: give all or ok".formatted(text));
        };
    }
}
