package dev.paygateway.chaos.audit.evidence;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/** The fields of one JSON line; every error names the file, the line and the field. */
record Fields(JsonNode node, String place, Pool pool) {
    String text(String name) {
        return maybeText(name).orElseThrow(() -> broken(name, "is missing or not a text"));
    }

    Optional<String> maybeText(String name) {
        var value = node.path(name);
        return value.isString() ? Optional.of(pool.same(value.stringValue())) : Optional.empty();
    }

    long number(String name) {
        return maybeNumber(name).orElseThrow(() -> broken(name, "is missing or not an integer"));
    }

    OptionalLong maybeNumber(String name) {
        var value = node.path(name);
        return value.isIntegralNumber() ? OptionalLong.of(value.longValue()) : OptionalLong.empty();
    }

    boolean flag(String name) {
        return node.path(name).isBoolean() && node.path(name).booleanValue();
    }

    /** The texts of an array; none if the field is absent. */
    List<String> texts(String name) {
        return node.path(name)
                .valueStream()
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .map(pool::same)
                .toList();
    }

    /** The fields of an object within; nothing if the field is absent. */
    Optional<Fields> within(String name) {
        var inner = node.path(name);
        return inner.isObject()
                ? Optional.of(new Fields(inner, place + ": " + name, pool))
                : Optional.empty();
    }

    Instant time(String name) {
        return time(name, text(name));
    }

    Optional<Instant> maybeTime(String name) {
        return maybeText(name).map(text -> time(name, text));
    }

    <E extends Enum<E>> E word(Class<E> words, String name) {
        return Words.parse(words, text(name), place + ": field \"" + name + "\"");
    }

    private Instant time(String name, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException malformed) {
            throw new BrokenEvidence(
                    place + ": field \"" + name + "\" is no RFC 3339 UTC time: " + text, malformed);
        }
    }

    private BrokenEvidence broken(String name, String problem) {
        return new BrokenEvidence(place + ": field \"" + name + "\" " + problem);
    }
}
