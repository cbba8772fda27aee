package dev.paygateway.chaos.drill;

import java.util.List;

/**
 * One command line of a page.
 *
 * @param line where it stands in the page
 * @param words what follows {@code ./gateway}; a seed that the page leaves open is {@link #SEED}
 * @param beside whether it goes on while the next ones run, until the drill begins to heal
 */
record Order(int line, List<String> words, Expected expected, boolean beside) {
    /** As the page writes it: a shell takes 1 unless told, the drill puts its own seed there. */
    static final String SEED = "${SEED:-1}";

    Order {
        words = List.copyOf(words);
    }

    /** The words with the seed in its place. */
    List<String> words(long seed) {
        return words.stream().map(it -> it.replace(SEED, Long.toString(seed))).toList();
    }

    /** As it stands in the page, with the seed in its place. */
    String told(long seed) {
        return "./gateway " + String.join(" ", words(seed));
    }

    boolean audits() {
        return words.getFirst().equals("audit");
    }
}
