package dev.paygateway.chaos.fault.manifest;

import java.util.Collection;
import java.util.Comparator;

/** Finds the word that somebody meant. */
final class Words {
    private static final int DISTANCE_MAX = 3;

    private Words() {}

    /** {@code ; did you mean direction?}, or nothing when no word is near. */
    static String nearest(String meant, Collection<String> words) {
        return words.stream()
                .min(Comparator.comparingInt(word -> distance(meant, word)))
                .filter(word -> distance(meant, word) <= DISTANCE_MAX)
                .map(word -> "; did you mean " + word + "?")
                .orElse("; leave it out");
    }

    /** How many letters are to be put in, left out or changed. */
    static int distance(String one, String other) {
        var row = new int[other.length() + 1];
        for (int column = 0; column <= other.length(); column++) {
            row[column] = column;
        }
        for (int line = 1; line <= one.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column <= other.length(); column++) {
                int same = one.charAt(line - 1) == other.charAt(column - 1) ? 0 : 1;
                int changed = diagonal + same;
                diagonal = row[column];
                row[column] = Math.min(changed, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[other.length()];
    }
}
