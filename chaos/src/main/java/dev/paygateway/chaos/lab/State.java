package dev.paygateway.chaos.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * What the lab remembers between two commands: {@code run/state.json}, replaced in one step at each
 * change, so that a crash of the launcher leaves what was true.
 */
final class State {
    private static final String FILE = "state.json";
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .addModule(
                            new SimpleModule()
                                    .addSerializer(Path.class, ToStringSerializer.instance))
                    .build();

    private final List<Site> sites;
    private final Map<String, Part> parts = new LinkedHashMap<>();
    private boolean ready;

    private State(List<Site> sites) {
        this.sites = List.copyOf(sites);
    }

    /** As it stands in the file. */
    private record Saved(
            LabOptions options, Path memory, boolean ready, Instant savedAt, List<Part> parts) {}

    static State fresh(LabOptions options, Path memory) {
        var state = new State(Site.all(options, memory));
        state.save();
        return state;
    }

    /** What an earlier command left; empty when there is nothing or nothing readable. */
    static Optional<State> read(Path run) {
        var file = run.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            var saved = JSON.readValue(file.toFile(), Saved.class);
            var state = new State(Site.all(saved.options(), saved.memory()));
            saved.parts().forEach(part -> state.parts.put(part.name(), part));
            state.ready = saved.ready();
            return Optional.of(state);
        } catch (JacksonException broken) {
            throw LabFailure.failed(
                    file
                            + " cannot be read ("
                            + broken.getOriginalMessage()
                            + "); end what still runs by hand and remove it",
                    broken);
        }
    }

    /** The first region's, and the only one's where there is but one. */
    Site site() {
        return sites.getFirst();
    }

    /** Every place. */
    List<Site> sites() {
        return sites;
    }

    Site site(String region) {
        return sites.stream()
                .filter(site -> site.region().equals(region))
                .findFirst()
                .orElseThrow(() -> LabFailure.usage("this lab has no place called " + region));
    }

    /** Whether `up` came to its end. */
    synchronized boolean ready() {
        return ready;
    }

    synchronized void becomesReady() {
        ready = true;
        save();
    }

    /** Every part, in the order in which they need each other. */
    synchronized List<Part> parts() {
        var byRole = Comparator.comparing(Part::role).thenComparing(Part::name);
        return parts.values().stream().sorted(byRole).toList();
    }

    synchronized Optional<Part> part(String name) {
        return Optional.ofNullable(parts.get(name));
    }

    synchronized void put(Part part) {
        parts.put(part.name(), part);
        save();
    }

    synchronized void forget(String name) {
        parts.remove(name);
        save();
    }

    private synchronized void save() {
        var now = Instant.now();
        var all = List.copyOf(parts.values());
        var saved = new Saved(site().options(), site().memory(), ready, now, all);
        var text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(saved);
        Folders.write(site().run().resolve(FILE), text);
    }
}
