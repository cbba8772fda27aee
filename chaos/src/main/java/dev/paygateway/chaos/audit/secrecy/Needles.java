package dev.paygateway.chaos.audit.secrecy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds many texts in one pass over the bytes, whatever their number (Aho and Corasick, 1975): the
 * texts make a tree; where the tree ends, a table leads to the longest beginning of another text
 * that was just read, so no byte is ever read twice.
 */
final class Needles {
    static final int START = 0;

    private static final int BYTES = 256;

    /** The next state by state and byte; 7,000 states of 1 KiB each for a sandbox's secrets. */
    private int[] next = new int[BYTES];

    private int states = 1;
    private final Map<Integer, List<String>> found = new HashMap<>();

    Needles(List<Canary> canaries) {
        canaries.forEach(canary ->
                canary.forms().forEach((form, text) -> plant(text, canary.name() + ", " + form)));
        link();
    }

    /** The state after one more byte. */
    int after(int state, byte read) {
        return next[state * BYTES + (read & 0xFF)];
    }

    /** What ends with the byte that led to the state; almost always nothing. */
    boolean isHit(int state) {
        return found.containsKey(state);
    }

    List<String> hits(int state) {
        return found.getOrDefault(state, List.of());
    }

    private void plant(byte[] text, String name) {
        var state = START;
        for (var read : text) {
            var at = state * BYTES + (read & 0xFF);
            if (next[at] == START) {
                var grown = grow(); // before the array is named: it may be another afterwards
                next[at] = grown;
            }
            state = next[at];
        }
        var names = found.computeIfAbsent(state, _ -> new ArrayList<>(1));
        if (!names.contains(name)) {
            names.add(name);
        }
    }

    private int grow() {
        if ((states + 1) * BYTES > next.length) {
            next = Arrays.copyOf(next, next.length * 2);
        }
        return states++;
    }

    /** Gives each missing branch the one of the longest suffix, level by level. */
    private void link() {
        var suffix = new int[states];
        var queue = new ArrayDeque<Integer>();
        for (var read = 0; read < BYTES; read++) {
            if (next[read] != START) {
                queue.add(next[read]);
            }
        }
        while (!queue.isEmpty()) {
            var state = queue.remove();
            found.merge(state, hits(suffix[state]), Needles::joined);
            for (var read = 0; read < BYTES; read++) {
                var at = state * BYTES + read;
                var shorter = next[suffix[state] * BYTES + read];
                if (next[at] == START) {
                    next[at] = shorter;
                } else {
                    suffix[next[at]] = shorter;
                    queue.add(next[at]);
                }
            }
        }
        found.values().removeIf(List::isEmpty);
    }

    private static List<String> joined(List<String> one, List<String> two) {
        var all = new ArrayList<>(one);
        all.addAll(two);
        return all;
    }
}
