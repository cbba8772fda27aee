package dev.paygateway.chaos.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an outside client needs to reach the running lab: {@code run/env}, KEY=VALUE lines whose
 * names are a contract (design.md, "The launcher").
 */
public final class RunEnvironment {
    private final Path file;
    private final Map<String, String> values;

    private RunEnvironment(Path file, Map<String, String> values) {
        this.file = file;
        this.values = Map.copyOf(values);
    }

    /**
     * Reads {@code run/env} below the state folder.
     *
     * @throws LabFailure when no lab is up there
     */
    public static RunEnvironment read(Path stateFolder) {
        var file = file(stateFolder);
        if (!Files.exists(file)) {
            throw LabFailure.failed("no lab is up (" + file + " is missing); run ./gateway up");
        }
        var values = new LinkedHashMap<String, String>();
        Folders.read(file)
                .lines()
                .filter(line -> line.indexOf('=') > 0)
                .forEach(line ->
                        values.put(before(line), line.substring(before(line).length() + 1)));
        return new RunEnvironment(file, values);
    }

    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** A value that must be there. */
    public String require(String name) {
        return get(name)
                .orElseThrow(
                        () -> LabFailure.failed(file + " has no " + name + "; run ./gateway up"));
    }

    public static void write(Path stateFolder, Map<String, String> values) {
        var lines =
                values.entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue() + "\n")
                        .collect(Collectors.joining());
        Folders.write(file(stateFolder), lines);
    }

    private static Path file(Path stateFolder) {
        return stateFolder.resolve("run").resolve("env");
    }

    private static String before(String line) {
        return line.substring(0, line.indexOf('='));
    }
}
