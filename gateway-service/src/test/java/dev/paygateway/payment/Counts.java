package dev.paygateway.payment;

import java.util.HashMap;
import java.util.Map;

/** Things that are so for as long as anything makes them so: troubles overlap. */
final class Counts<T> {
    private final Map<T, Integer> counts = new HashMap<>();

    void add(T thing) {
        counts.merge(thing, 1, Integer::sum);
    }

    void remove(T thing) {
        counts.merge(thing, -1, Integer::sum);
    }

    boolean has(T thing) {
        return counts.getOrDefault(thing, 0) > 0;
    }
}
