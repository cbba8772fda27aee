package dev.paygateway.chaos.drill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The run-book pages of a checkout. */
final class Runbooks {
    private final Path folder;

    Runbooks(Path root) {
        folder = root.resolve("docs").resolve("runbooks");
    }

    /** Names in order of the alphabet, the monthly workflow at the end for it plays the others. */
    List<String> names() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var pages = Files.list(folder)) {
            return pages.map(page -> String.valueOf(page.getFileName()))
                    .filter(name -> name.endsWith(".md") && !name.equals("README.md"))
                    .map(name -> name.replaceFirst("\\.md$", ""))
                    .sorted(Runbooks::monthlyLast)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(folder + " cannot be read", unreadable);
        }
    }

    private static int monthlyLast(String one, String other) {
        var byKind = Boolean.compare(one.equals("monthly"), other.equals("monthly"));
        return byKind == 0 ? one.compareTo(other) : byKind;
    }

    /**
     * One page.
     *
     * @throws BadPage when it cannot be played
     */
    Page page(String name) {
        return Page.read(folder.resolve(name + ".md"));
    }
}
