package dev.paygateway.chaos.fault.manifest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * One mapping of a manifest. Its reader asks for each field by name and then calls {@link #end()},
 * which refuses what nobody asked for: a field is honoured or refused, never passed over.
 */
final class Fields {
    private final String file;
    private final String kind;
    private final String base;
    private final String path;
    private final MappingNode node;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();

    /**
     * A mapping.
     *
     * @param kind of the vocabulary that says which fields there are
     * @param base where that vocabulary begins
     * @param path where it stands, empty for the document itself
     */
    private Fields(String file, String kind, String base, String path, Node node) {
        this.file = file;
        this.kind = kind;
        this.base = base;
        this.path = path;
        if (!(node instanceof MappingNode mapping)) {
            throw refusal(node, path, shown(node), "fields are expected here");
        }
        this.node = mapping;
        for (var each : mapping.getValue()) {
            var name = ((ScalarNode) each.getKeyNode()).getValue();
            if (values.put(name, each.getValueNode()) != null) {
                throw refusal(each.getKeyNode(), at(name), "", "it is given twice; keep one");
            }
        }
    }

    /** A whole document. */
    static Fields document(String file, Node node) {
        return new Fields(file, "*", "", "", node);
    }

    /** The same mapping, as the beginning of what another kind's vocabulary names. */
    Fields as(String otherKind) {
        return new Fields(file, otherKind, path, path, node);
    }

    Set<String> names() {
        return values.keySet();
    }

    boolean has(String name) {
        return value(name).isPresent();
    }

    Optional<String> text(String name) {
        return scalar(name, Tag.STR, "text is expected; write it in quotes");
    }

    String require(String name) {
        return text(name).orElseThrow(() -> missing(name));
    }

    /** A text that must be one of those. */
    String oneOf(String name, String... words) {
        var text = require(name);
        if (!List.of(words).contains(text)) {
            throw refuse(name, otherWords(text, List.of(words)));
        }
        return text;
    }

    private String otherWords(String text, List<String> words) {
        return Vocabulary.refused(kind, "=" + text)
                .orElseGet(() -> "expected one of " + String.join(", ", words));
    }

    Optional<Duration> length(String name) {
        return text(name)
                .map(text ->
                        Length.parse(text)
                                .orElseThrow(() ->
                                        refuse(
                                                name,
                                                "no length of time; write e.g. 30s, 2m or 100ms")));
    }

    Duration requireLength(String name) {
        return length(name).orElseThrow(() -> missing(name));
    }

    Optional<Long> integer(String name) {
        return scalar(name, Tag.INT, "a whole number is expected, without quotes")
                .map(Long::parseLong);
    }

    /** A whole number within bounds. */
    long integer(String name, long otherwise, long least, long most) {
        long number = integer(name).orElse(otherwise);
        if (number < least || number > most) {
            throw refuse(name, "expected " + least + " to " + most);
        }
        return number;
    }

    boolean flag(String name) {
        return scalar(name, Tag.BOOL, "true or false is expected, without quotes")
                .map(Boolean::parseBoolean)
                .orElse(false);
    }

    /** A percentage as Chaos Mesh's network actions write it: text between "0" and "100". */
    double percent(String name) {
        var text = require(name);
        try {
            var number = Double.parseDouble(text);
            if (number >= 0 && number <= 100) {
                return number;
            }
        } catch (NumberFormatException noNumber) {
            throw refuse(name, "expected \"0\" to \"100\"");
        }
        throw refuse(name, "expected \"0\" to \"100\"");
    }

    Optional<Fields> child(String name) {
        return value(name).map(found -> new Fields(file, kind, base, at(name), found));
    }

    Fields requireChild(String name) {
        return child(name).orElseThrow(() -> missing(name));
    }

    List<Fields> children(String name) {
        var found = new ArrayList<Fields>();
        for (var item : sequence(name)) {
            var where = at(name) + "[" + found.size() + "]";
            found.add(new Fields(file, kind, base, where, item));
        }
        return found;
    }

    List<String> texts(String name) {
        return sequence(name).stream()
                .map(item -> {
                    if (item instanceof ScalarNode scalar && scalar.getTag().equals(Tag.STR)) {
                        return scalar.getValue();
                    }
                    throw refusal(item, at(name), shown(item), "a list of texts is expected");
                })
                .toList();
    }

    /** A mapping whose names are free and whose values are texts. */
    Map<String, String> freely(String name) {
        return child(name)
                .map(free ->
                        free.names().stream()
                                .collect(
                                        Collectors.toMap(
                                                Function.identity(),
                                                free::require,
                                                (first, _) -> first,
                                                LinkedHashMap::new)))
                .orElseGet(LinkedHashMap::new);
    }

    /** Asks for a field that is accepted only where it says what happens anyway. */
    void only(String name, String harmless) {
        var found = value(name).map(Fields::shown);
        if (found.isPresent() && !found.get().equals(harmless)) {
            throw refuse(
                    name,
                    Vocabulary.refused(kind, within(name))
                            .orElse("only %s can be played; leave it out".formatted(harmless)));
        }
    }

    /** Refuses what nobody asked for. */
    void end() {
        for (var name : values.keySet()) {
            if (!asked.contains(name)) {
                throw refuse(name, unasked(name));
            }
        }
    }

    private String unasked(String name) {
        var known = Vocabulary.refused(kind, within(name));
        return known.orElseGet(
                () -> "no such field of %s%s".formatted(kind, Words.nearest(name, asked)));
    }

    /** Of the vocabulary: the path below its beginning, without places in lists. */
    private String within(String name) {
        var whole = at(name);
        var below = whole.startsWith(base + ".") ? whole.substring(base.length() + 1) : whole;
        return below.replaceAll("\\[\\d+\\]", "");
    }

    /** The refusal of a field of this mapping, with what stands there. */
    ManifestRefused refuse(String name, String remedy) {
        var found = values.get(name);
        return found == null
                ? refusal(node, at(name), "", remedy)
                : refusal(found, at(name), shown(found), remedy);
    }

    ManifestRefused missing(String name) {
        return refusal(node, at(name), "", "it is missing, and must be given");
    }

    private Optional<Node> value(String name) {
        asked.add(name);
        return Optional.ofNullable(values.get(name));
    }

    private Optional<String> scalar(String name, Tag tag, String remedy) {
        return value(name)
                .map(found -> {
                    if (found instanceof ScalarNode scalar && scalar.getTag().equals(tag)) {
                        return scalar.getValue();
                    }
                    throw refuse(name, remedy);
                });
    }

    private List<Node> sequence(String name) {
        var found = value(name);
        if (found.isEmpty()) {
            return List.of();
        }
        if (found.get() instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        throw refuse(name, "a list is expected");
    }

    private String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private ManifestRefused refusal(Node where, String at, String value, String remedy) {
        var line = where.getStartMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
        return new ManifestRefused(file + line, at, value, remedy);
    }

    private static String shown(Node node) {
        return switch (node) {
            case ScalarNode scalar -> scalar.getValue();
            case SequenceNode list -> "a list of " + list.getValue().size();
            default -> "";
        };
    }
}
