package dev.paygateway.chaos.audit.evidence;

import java.util.Arrays;
import java.util.Locale;

/** The words of files and columns (snake_case) as the names of an enum (UPPER_CASE), and back. */
final class Words {
    private Words() {}

    static <E extends Enum<E>> E parse(Class<E> words, String text, String place) {
        try {
            return Enum.valueOf(words, text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            var known = Arrays.stream(words.getEnumConstants()).map(Words::of).toList();
            throw new BrokenEvidence(
                    place + " is \"" + text + "\", which is none of " + known, unknown);
        }
    }

    static String of(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
