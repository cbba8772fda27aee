package dev.paygateway.chaos.audit;

import dev.paygateway.chaos.audit.evidence.BrokenEvidence;
import dev.paygateway.chaos.audit.evidence.Database;
import dev.paygateway.chaos.audit.evidence.Regions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the launcher left for outside clients: {@code run/env}, and the histories beside it.
 *
 * @param environment the KEY=VALUE lines of {@code run/env}
 */
record Sandbox(Path stateFolder, Map<String, String> environment) {
    static Sandbox at(Path stateFolder) {
        var file = stateFolder.resolve("run").resolve("env");
        if (!Files.isRegularFile(file)) {
            throw new BrokenEvidence(file + " is not there: start the sandbox with ./gateway up");
        }
        try (var lines = Files.lines(file)) {
            var environment =
                    lines.filter(line -> line.indexOf('=') > 0)
                            .map(line -> line.split("=", 2))
                            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
            return new Sandbox(stateFolder, environment);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    Database.Address database() {
        return database("DATABASE_URL");
    }

    private Database.Address database(String url) {
        var login = value("DATABASE_AUDITOR").split(":", 2);
        if (login.length < 2) {
            throw new BrokenEvidence("DATABASE_AUDITOR in run/env is no user:password");
        }
        return new Database.Address(value(url), login[0], login[1]);
    }

    /** A node a region; none in a sandbox of one region. */
    Map<String, Database.Address> nodes() {
        var nodes = new LinkedHashMap<String, Database.Address>();
        byRegion("DATABASE_URL_").forEach((region, name) -> nodes.put(region, database(name)));
        return nodes;
    }

    /** What tells the regions apart; nothing in a sandbox of one. */
    Regions regions() {
        var addresses = new TreeMap<String, Set<String>>();
        for (var name : List.of("GATEWAY_URL_", "GATEWAY_URLS_")) {
            byRegion(name)
                    .forEach((region, full) ->
                            addresses
                                    .computeIfAbsent(region, _ -> new HashSet<>())
                                    .addAll(List.of(value(full).split(",", -1))));
        }
        return addresses.size() > 1 ? new Regions(addresses) : Regions.ONE;
    }

    /** The names that begin so, by the region that they end with. */
    private Map<String, String> byRegion(String prefix) {
        return environment.keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .collect(
                        Collectors.toMap(
                                name -> name.substring(prefix.length()).toLowerCase(Locale.ROOT),
                                name -> name,
                                (first, _) -> first,
                                TreeMap::new));
    }

    /** Where the fault runner writes, if it ever ran. */
    Optional<Path> faultLog() {
        return Optional.of(stateFolder.resolve("run").resolve("faults.jsonl"))
                .filter(Files::isRegularFile);
    }

    List<Path> books() {
        return Arrays.stream(value("ACQUIRER_BOOKS").split(",", -1)).map(Path::of).toList();
    }

    /** The history that was written last. */
    Path newestHistory() {
        var folder = stateFolder.resolve("history");
        if (!Files.isDirectory(folder)) {
            throw new BrokenEvidence(folder + " is not there: run ./gateway load first");
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jsonl"))
                    .max(Comparator.comparing(Sandbox::modified).thenComparing(Path::toString))
                    .orElseThrow(() ->
                            new BrokenEvidence(
                                    folder + " holds no *.jsonl: run ./gateway load first"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    Optional<String> maybe(String name) {
        return Optional.ofNullable(environment.get(name));
    }

    String value(String name) {
        var value = environment.get(name);
        if (value == null) {
            throw new BrokenEvidence(name + " is not in run/env: start the sandbox anew");
        }
        return value;
    }
}
