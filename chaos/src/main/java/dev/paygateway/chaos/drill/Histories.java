package dev.paygateway.chaos.drill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * The histories written since a drill began, by its clients and by whatever else pays on its lab: a
 * page's own load, too, asks for payments that must be found in a history.
 */
record Histories(Path folder, Set<Path> earlier) {
    Histories {
        earlier = Set.copyOf(earlier);
    }

    /** From now on. */
    static Histories of(Path folder) {
        return new Histories(folder, Set.copyOf(all(folder)));
    }

    /** So far, by their names. */
    List<Path> written() {
        return all(folder).stream().filter(file -> !earlier.contains(file)).toList();
    }

    private static List<Path> all(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jsonl")).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
