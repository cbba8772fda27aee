package dev.paygateway.chaos.cli;

import dev.paygateway.chaos.recording.HeldReport;
import dev.paygateway.chaos.recording.HeldTimes;
import dev.paygateway.chaos.recording.Holder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** What a recording tells, for people and for machines. */
final class HeldText {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int OLDEST_SHOWN_MAX = 10;
    private static final int FRAMES_SHOWN_MAX = 3;
    private static final double NANOS_PER_MS = 1e6;

    private HeldText() {}

    static String of(Path file, HeldReport report) {
        var lines =
                Stream.of(
                        Stream.of(
                                "recording  " + file,
                                "",
                                "released      count     p50       p99       max"),
                        new TreeMap<>(report.released()).entrySet().stream().map(HeldText::row),
                        Stream.of("", "held at the end, oldest first:"),
                        shown(report.oldest().stream().limit(OLDEST_SHOWN_MAX).toList()),
                        Stream.of("", "leaked:"),
                        shown(report.leaked()),
                        Stream.of("", "held too long:"),
                        shown(report.heldTooLong()));
        return lines.flatMap(each -> each).collect(Collectors.joining(System.lineSeparator()));
    }

    private static String row(Map.Entry<String, HeldTimes> kind) {
        var times = kind.getValue();
        return String.format(
                Locale.ROOT,
                "  %-10s %6d %8.1f %9.1f %9.1f ms",
                kind.getKey(),
                times.count(),
                millis(times.p50()),
                millis(times.p99()),
                millis(times.max()));
    }

    private static Stream<String> shown(List<Holder> holders) {
        return holders.isEmpty() ? Stream.of("  none") : holders.stream().flatMap(HeldText::shown);
    }

    private static Stream<String> shown(Holder holder) {
        var head =
                String.format(
                        Locale.ROOT,
                        "  %s %s of %s, %.1f s",
                        holder.kind(),
                        holder.name(),
                        holder.holder(),
                        millis(holder.age()) / 1_000);
        var frames =
                holder.place().isEmpty()
                        ? Stream.of("a place that was not noted")
                        : holder.place().lines().limit(FRAMES_SHOWN_MAX);
        return Stream.concat(Stream.of(head), frames.map(frame -> "      at " + frame));
    }

    static String json(Path file, HeldReport report) {
        var json = JSON.createObjectNode().put("recording", file.toString());
        var released = json.putObject("released");
        report.released()
                .forEach((kind, times) ->
                        released.putObject(kind)
                                .put("count", times.count())
                                .put("p50_ms", millis(times.p50()))
                                .put("p99_ms", millis(times.p99()))
                                .put("max_ms", millis(times.max())));
        fill(json.putArray("oldest"), report.oldest());
        fill(json.putArray("leaked"), report.leaked());
        fill(json.putArray("held_too_long"), report.heldTooLong());
        return json.toString();
    }

    private static void fill(ArrayNode array, List<Holder> holders) {
        for (var holder : holders) {
            var frames =
                    array.addObject()
                            .put("kind", holder.kind())
                            .put("name", holder.name())
                            .put("holder", holder.holder())
                            .put("age_ms", millis(holder.age()))
                            .putArray("place");
            holder.place().lines().forEach(frames::add);
        }
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / NANOS_PER_MS;
    }
}
