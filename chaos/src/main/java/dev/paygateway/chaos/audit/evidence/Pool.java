package dev.paygateway.chaos.audit.evidence;

import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Keeps one instance of each text. An id stands in a dozen lines and rows; without this a part of
 * the evidence would hold it a dozen times.
 */
public final class Pool {
    private final UnaryOperator<String> sameOf;

    private Pool(UnaryOperator<String> sameOf) {
        this.sameOf = sameOf;
    }

    /** One for what is held together, and as large as that. */
    public Pool() {
        this(keeping(new HashMap<>()));
    }

    /** One for what is only passing through: it keeps nothing. */
    static Pool ofPassing() {
        return new Pool(text -> text);
    }

    private static UnaryOperator<String> keeping(Map<String, String> known) {
        return text -> {
            var first = known.putIfAbsent(text, text);
            return first == null ? text : first;
        };
    }

    String same(String text) {
        return sameOf.apply(text);
    }
}
