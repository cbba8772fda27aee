package dev.paygateway.chaos.fault.manifest;

import dev.paygateway.chaos.lab.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which parts are meant.
 *
 * @param namespaces in one of which a part must be
 * @param labels all of which a part must have
 * @param expressions all of which must hold of its labels
 * @param mode how many of those
 * @param value how many, or how many percent, where the mode asks for it
 */
public record Selector(
        Set<String> namespaces,
        Map<String, String> labels,
        List<Expression> expressions,
        Mode mode,
        Optional<Integer> value) {
    /** Who can be selected: other namespaces have no part of a region. */
    private static final Set<String> KNOWN =
            Arrays.stream(Role.values()).map(Role::namespace).collect(Collectors.toSet());

    /** Chaos Mesh's modes. */
    public enum Mode {
        ONE("one"),
        ALL("all"),
        FIXED("fixed"),
        FIXED_PERCENT("fixed-percent"),
        RANDOM_MAX_PERCENT("random-max-percent");

        private final String word;

        Mode(String word) {
            this.word = word;
        }

        boolean wantsValue() {
            return this != ONE && this != ALL;
        }
    }

    /** {@code key In|NotIn values}, {@code key Exists|DoesNotExist}. */
    public record Expression(String key, String operator, List<String> values) {
        public Expression {
            values = List.copyOf(values);
        }

        boolean holds(Map<String, String> labels) {
            var value = Optional.ofNullable(labels.get(key));
            return switch (operator) {
                case "In" -> value.filter(values::contains).isPresent();
                case "NotIn" -> value.filter(values::contains).isEmpty();
                case "Exists" -> value.isPresent();
                case "DoesNotExist" -> value.isEmpty();
                default -> throw new IllegalStateException(operator);
            };
        }
    }

    public Selector {
        namespaces = Set.copyOf(namespaces);
        labels = Map.copyOf(labels);
        expressions = List.copyOf(expressions);
    }

    /** Reads {@code selector}, {@code mode} and {@code value} of a mapping. */
    static Selector read(Fields spec) {
        var mode = mode(spec);
        var value = value(spec, mode);
        var selector = spec.requireChild("selector");
        var namespaces = selector.texts("namespaces");
        if (namespaces.isEmpty()) {
            throw selector.missing("namespaces");
        }
        if (!KNOWN.containsAll(namespaces)) {
            throw selector.refuse("namespaces", "the lab's are " + new TreeSet<>(KNOWN));
        }
        var labels = selector.freely("labelSelectors");
        var expressions =
                selector.children("expressionSelectors").stream()
                        .map(Selector::expression)
                        .toList();
        selector.end();
        return new Selector(Set.copyOf(namespaces), labels, expressions, mode, value);
    }

    private static Mode mode(Fields spec) {
        var words = List.of(Mode.values()).stream().map(mode -> mode.word).toArray(String[]::new);
        var word = spec.oneOf("mode", words);
        return List.of(Mode.values()).stream()
                .filter(mode -> mode.word.equals(word))
                .findFirst()
                .orElseThrow();
    }

    private static Optional<Integer> value(Fields spec, Mode mode) {
        var text = spec.text("value");
        if (!mode.wantsValue()) {
            spec.only("value", "");
            return Optional.empty();
        }
        var most = mode == Mode.FIXED ? 1_000 : 100;
        return Optional.of(
                text.filter(word -> word.matches("\\d{1,4}"))
                        .map(Integer::parseInt)
                        .filter(number -> number >= 1 && number <= most)
                        .orElseThrow(() ->
                                spec.refuse(
                                        "value",
                                        "mode %s wants \"1\" to \"%d\""
                                                .formatted(mode.word, most))));
    }

    private static Expression expression(Fields fields) {
        var expression =
                new Expression(
                        fields.require("key"),
                        fields.oneOf("operator", "In", "NotIn", "Exists", "DoesNotExist"),
                        fields.texts("values"));
        fields.end();
        return expression;
    }

    /** Whether a part in that namespace with those labels is meant. */
    public boolean matches(String namespace, Map<String, String> partLabels) {
        return namespaces.contains(namespace)
                && labels.entrySet().stream()
                        .allMatch(label -> label.getValue().equals(partLabels.get(label.getKey())))
                && expressions.stream().allMatch(expression -> expression.holds(partLabels));
    }

    /** So many of those that match as the mode wants, chosen by the seed, in their order. */
    public <T> List<T> choose(List<T> matching, long seed) {
        var dice = new Random(seed);
        int count = count(matching.size(), dice);
        var shuffled = new ArrayList<>(matching);
        Collections.shuffle(shuffled, dice);
        var chosen = shuffled.subList(0, Math.min(count, shuffled.size()));
        return matching.stream().filter(chosen::contains).toList();
    }

    private int count(int all, Random dice) {
        int number = value.orElse(0);
        return switch (mode) {
            case ONE -> 1;
            case ALL -> all;
            case FIXED -> number;
            case FIXED_PERCENT -> all * number / 100;
            case RANDOM_MAX_PERCENT -> all * dice.nextInt(number + 1) / 100;
        };
    }
}
