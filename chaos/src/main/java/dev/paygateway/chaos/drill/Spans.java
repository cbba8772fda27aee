package dev.paygateway.chaos.drill;

import dev.paygateway.chaos.report.FaultSpan;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * From when to when what was broken: as the faults tell it, and the commands that broke by hand.
 */
final class Spans {
    private Spans() {}

    /**
     * The spans of one drill in order of time.
     *
     * @param since when the drill began; what was before is not its own
     */
    static List<FaultSpan> of(Path log, Instant since) {
        var told = new LinkedHashMap<String, List<JsonNode>>();
        new Tail(log, line -> note(told, line, since)).follow();
        return told.values().stream()
                .flatMap(Spans::span)
                .sorted((one, other) -> one.from().compareTo(other.from()))
                .toList();
    }

    /** How many faults have been proved since then. */
    static long proved(Path log, Instant since) {
        var told = new LinkedHashMap<String, List<JsonNode>>();
        new Tail(log, line -> note(told, line, since)).follow();
        return told.values().stream().filter(it -> first(it, "proved").isPresent()).count();
    }

    private static void note(Map<String, List<JsonNode>> told, JsonNode line, Instant since) {
        if (!Instant.parse(line.path("at").asString()).isBefore(since)) {
            var id = line.path("id").asString();
            told.computeIfAbsent(id, _ -> new ArrayList<>()).add(line);
        }
    }

    private static Stream<FaultSpan> span(List<JsonNode> lines) {
        var injected = first(lines, "injected");
        return injected.stream()
                .map(begin ->
                        new FaultSpan(
                                begin.path("fault").asString(),
                                targets(begin),
                                at(begin),
                                first(lines, "healed").map(Spans::at),
                                first(lines, "proved").map(Spans::evidence)));
    }

    private static Optional<JsonNode> first(List<JsonNode> lines, String event) {
        return lines.stream().filter(it -> it.path("event").asString("").equals(event)).findFirst();
    }

    private static Instant at(JsonNode line) {
        return Instant.parse(line.path("at").asString());
    }

    private static String targets(JsonNode line) {
        return String.join(
                ", ", line.path("targets").valueStream().map(JsonNode::asString).toList());
    }

    private static String evidence(JsonNode line) {
        var evidence = line.path("evidence");
        return "%s: %s, then %s"
                .formatted(
                        evidence.path("what").asString(""),
                        evidence.path("before").asString(""),
                        evidence.path("during").asString(""));
    }
}
