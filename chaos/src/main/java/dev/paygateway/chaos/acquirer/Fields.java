package dev.paygateway.chaos.acquirer;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The fields of one JSON object, each asked for by name; what nobody asked for is refused. */
final class Fields {
    private static final int DEPTH_MAX = 4;
    private static final int TEXT_MAX = 1024;
    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEPTH_MAX)
                                                    .maxStringLength(TEXT_MAX)
                                                    .maxNumberLength(32)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final String path;
    private final JsonNode node;
    private final Set<String> read = new HashSet<>();

    private Fields(String path, JsonNode node) {
        this.path = path;
        this.node = node;
    }

    static Fields parse(String json) throws Malformed {
        try {
            return of("", JSON.readTree(json));
        } catch (JacksonException broken) {
            throw new Malformed("not valid JSON: " + broken.getOriginalMessage());
        }
    }

    private static Fields of(String path, JsonNode node) throws Malformed {
        if (!node.isObject()) {
            throw new Malformed((path.isEmpty() ? "the text" : path) + ": expected a JSON object");
        }
        return new Fields(path.isEmpty() ? "" : path + ".", node);
    }

    Fields object(String name) throws Malformed {
        return of(path + name, required(name));
    }

    String text(String name, Pattern pattern) throws Malformed {
        var value = required(name);
        if (!value.isString() || !pattern.matcher(value.stringValue()).matches()) {
            throw new Malformed(path + name + ": expected a string matching " + pattern);
        }
        return value.stringValue();
    }

    Optional<String> textIfAny(String name, Pattern pattern) throws Malformed {
        return has(name) ? Optional.of(text(name, pattern)) : Optional.empty();
    }

    long whole(String name, long min, long max) throws Malformed {
        var value = required(name);
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < min
                || value.longValue() > max) {
            throw new Malformed(path + name + ": expected an integer from " + min + " to " + max);
        }
        return value.longValue();
    }

    boolean flag(String name) throws Malformed {
        var value = required(name);
        if (!value.isBoolean()) {
            throw new Malformed(path + name + ": expected true or false");
        }
        return value.booleanValue();
    }

    /** True if the field is there and not null; it then counts as asked for. */
    boolean has(String name) {
        read.add(name);
        return node.hasNonNull(name);
    }

    /** Refuses fields that were not asked for so far. */
    void nothingElse() throws Malformed {
        for (var name : node.propertyNames()) {
            if (!read.contains(name)) {
                throw new Malformed(path + name + ": no such field; remove it");
            }
        }
    }

    private JsonNode required(String name) throws Malformed {
        if (!has(name)) {
            throw new Malformed(path + name + ": is missing");
        }
        return node.get(name);
    }
}
