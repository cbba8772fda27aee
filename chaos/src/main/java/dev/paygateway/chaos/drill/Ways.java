package dev.paygateway.chaos.drill;

import dev.paygateway.chaos.load.Via;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How pages name the ways by which clients pay. */
final class Ways {
    private Ways() {}

    static Optional<Via> of(String word) {
        return Arrays.stream(Via.values()).filter(it -> word(it).equals(word)).findFirst();
    }

    static String word(Via via) {
        return via.name().toLowerCase(Locale.ROOT);
    }
}
