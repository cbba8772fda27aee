package dev.paygateway.chaos.audit.evidence;

import java.util.HashMap;
import java.util.Map;

/**
 * Keeps one instance of each text. An id stands in a dozen lines and rows; without this a run of a
 * million events would hold it a dozen million times.
 */
public final class Pool {
    private final Map<String, String> known = new HashMap<>();

    String same(String text) {
        var first = known.putIfAbsent(text, text);
        return first == null ? text : first;
    }
}
