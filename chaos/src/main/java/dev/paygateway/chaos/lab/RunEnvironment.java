package dev.paygateway.chaos.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The KEY=VALUE lines that {@code ./gateway up} leaves for outside clients. */
public final class RunEnvironment {
    private final Path file;
    private final Map<String, String> values;

    private RunEnvironment(Path file, Map<String, String> values) {
        this.file = file;
        this.values = Map.copyOf(values);
    }

    /**
     * Reads {@code run/env} of a state folder.
     *
     * @throws IllegalStateException no lab is up there
     */
    public static RunEnvironment read(Path stateFolder) {
        var file = stateFolder.resolve("run").resolve("env");
        if (!Files.exists(file)) {
            throw new IllegalStateException(
                    "no lab is up (%s is missing); run ./gateway up".formatted(file));
        }
        var values = new HashMap<String, String>();
        try {
            for (var line : Files.readAllLines(file)) {
                int equals = line.indexOf('=');
                if (equals > 0) {
                    values.put(line.substring(0, equals), line.substring(equals + 1));
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return new RunEnvironment(file, values);
    }

    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    public String require(String name) {
        return get(name)
                .orElseThrow(() ->
                        new IllegalStateException(
                                "%s has no %s; run ./gateway up".formatted(file, name)));
    }
}
