package dev.paygateway.chaos.lint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A mistake that a tool must catch, or its silence says nothing.
 *
 * @param what in words
 * @param file of the tree
 * @param from what stands there; empty: the file is new
 * @param to what stands there instead
 */
record Mistake(String what, String file, String from, String to) {
    static Mistake added(String what, String file, String text) {
        return new Mistake(what, file, "", text);
    }

    void plantIn(Tree tree) throws IOException {
        var path = tree.at(file);
        Files.createDirectories(parent(path));
        if (from.isEmpty()) {
            Files.writeString(path, to);
            return;
        }
        var before = Files.readString(path);
        if (!before.contains(from)) {
            throw new IllegalStateException(
                    "%s has no \"%s\": a mistake cannot be planted there".formatted(file, from));
        }
        Files.writeString(path, before.replace(from, to));
    }

    private static Path parent(Path path) {
        var parent = path.getParent();
        if (parent == null) {
            throw new IllegalStateException(path + " stands in no folder");
        }
        return parent;
    }
}
