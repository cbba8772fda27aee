package dev.paygateway.chaos.drill;

import java.util.List;

/**
 * One command line of a page.
 *
 * @param line where it stands in the page
 * @param words what follows {@code ./gateway}; a seed that the page leaves open is {@link #SEED}
 * @param beside whether it goes on while the next ones run: until it ends, which the drill awaits
 *     before it heals; of the phase before, until nobody pays any more
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

    /** It plays a fault, which has bitten only when it is proved. */
    boolean bites() {
        return words.getFirst().equals("fault");
    }

    /** It judges, once or all the time: it needs the drill's own histories. */
    boolean judges() {
        return words.getFirst().equals("audit");
    }

    /** It looks at payments that still arrive, and says whether to go on. */
    boolean looksOn() {
        return judges() && words.contains("--running");
    }

    /** It gives the verdict of the drill. */
    boolean audits() {
        return judges() && !beside && !looksOn();
    }
}
