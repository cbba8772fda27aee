package dev.paygateway.chaos.fault.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The fault log, {@code run/faults.jsonl}: a line an event, only ever appended to. */
public final class FaultLog {
    private static final JsonMapper JSON = new JsonMapper();
    private static final DateTimeFormatter AT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Path file;

    public FaultLog(Path run) {
        file = run.resolve("faults.jsonl");
    }

    public Path file() {
        return file;
    }

    public void append(FaultEvent event) {
        try {
            var line = line(event, AT.format(event.at())) + "\n";
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot write " + file, refused);
        }
    }

    /** A line whose event and time are put in later, by the guardian. */
    static String ending(FaultEvent event) {
        var late = event.then("@EVENT@", event.at(), Map.of("what", "undone by its guardian"));
        return line(late, "@AT@") + "\n";
    }

    private static String line(FaultEvent event, String at) {
        var line = new LinkedHashMap<String, Object>();
        line.put("id", event.id());
        line.put("fault", event.fault());
        line.put("manifest", event.manifest());
        line.put("kind", event.kind());
        line.put("targets", event.targets());
        line.put("event", event.event());
        line.put("at", at);
        line.put("evidence", new TreeMap<>(event.evidence()));
        return JSON.writeValueAsString(line);
    }

    /** Every event, in the order in which they were written. */
    public List<FaultEvent> read() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (var lines = Files.lines(file)) {
            return lines.map(FaultLog::event).toList();
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot read " + file, refused);
        }
    }

    private static FaultEvent event(String line) {
        try {
            var tree = JSON.readTree(line);
            var evidence = new LinkedHashMap<String, String>();
            tree.path("evidence")
                    .forEachEntry((name, value) -> evidence.put(name, value.asString()));
            var targets = new ArrayList<String>();
            tree.path("targets").forEach(target -> targets.add(target.asString()));
            return new FaultEvent(
                    text(tree, "id"),
                    text(tree, "fault"),
                    text(tree, "manifest"),
                    text(tree, "kind"),
                    targets,
                    text(tree, "event"),
                    Instant.parse(text(tree, "at")),
                    evidence);
        } catch (JacksonException broken) {
            throw new IllegalStateException("no line of a fault log: " + line, broken);
        }
    }

    private static String text(JsonNode tree, String name) {
        return tree.path(name).asString();
    }
}
