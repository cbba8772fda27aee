package dev.paygateway.chaos.audit;

import dev.paygateway.chaos.audit.evidence.BrokenEvidence;
import dev.paygateway.chaos.audit.evidence.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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
        var login = value("DATABASE_AUDITOR").split(":", 2);
        if (login.length < 2) {
            throw new BrokenEvidence("DATABASE_AUDITOR in run/env is no user:password");
        }
        return new Database.Address(value("DATABASE_URL"), login[0], login[1]);
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

    private String value(String name) {
        var value = environment.get(name);
        if (value == null) {
            throw new BrokenEvidence(name + " is not in run/env: start the sandbox anew");
        }
        return value;
    }
}
