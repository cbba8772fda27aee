package dev.paygateway.chaos.lint;

import dev.paygateway.chaos.lab.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is judged: the checkout, or a copy of it with a mistake planted.
 *
 * @param scratch where tools may write
 */
record Tree(Path root, Path scratch) {
    private static final List<String> PARTS = List.of("helm", "istio", "terraform", "chaos");

    /** Not ours to judge, or not source. A lock file tells the providers' own checksums. */
    private static final List<String> LEFT_OUT =
            List.of("src", "target", ".terraform", ".terraform.lock.hcl");

    Path at(String path) {
        return root.resolve(path);
    }

    /** A folder of the checkout; one that is not there yet is named, not passed over. */
    Path folder(String path) throws Missing {
        if (!Files.isDirectory(at(path))) {
            throw new Missing("there is no " + path + " in this tree");
        }
        return at(path);
    }

    /** The files below a folder that end so, in order. */
    List<Path> files(String path, String ending) throws Missing {
        try (var all = Files.walk(folder(path))) {
            return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        } catch (IOException unreadable) {
            throw Commands.disk("cannot read " + at(path), unreadable);
        }
    }

    /** Which version of a module a Go program of ours is built of, as its go.mod has it. */
    String required(String program, String module) throws Missing {
        var file = folder(program).resolve("go.mod");
        try (var lines = Files.lines(file)) {
            return lines.map(line -> line.strip().replaceFirst("^require ", "").split(" ", -1))
                    .filter(words -> words.length > 1 && words[0].equals(module))
                    .map(words -> words[1])
                    .findFirst()
                    .orElseThrow(() -> new Missing(file + " requires no " + module));
        } catch (IOException unreadable) {
            throw Commands.disk("cannot read " + file, unreadable);
        }
    }

    Path scratch(String name) {
        try {
            return Files.createDirectories(scratch.resolve(name));
        } catch (IOException refused) {
            throw Commands.disk("cannot write below " + scratch, refused);
        }
    }

    /** A copy with that mistake in it. */
    Tree with(Mistake mistake) {
        try {
            var copy = Files.createTempDirectory(scratch, "mistake");
            for (var part : PARTS) {
                copy(root.resolve(part), copy.resolve("tree").resolve(part));
            }
            var planted = new Tree(copy.resolve("tree"), copy);
            mistake.plantIn(planted);
            return planted;
        } catch (IOException refused) {
            throw Commands.disk("cannot copy " + root, refused);
        }
    }

    /** A copy of one part, beside nothing else. */
    Path copied(String part) {
        var target = scratch("copy");
        try {
            remove(target.resolve(part));
            copy(root.resolve(part), target.resolve(part));
            return target;
        } catch (IOException refused) {
            throw Commands.disk("cannot copy " + part, refused);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        Files.createDirectories(to);
        try (var entries = Files.list(from)) {
            for (var entry : entries.toList()) {
                var target = to.resolve(entry.getFileName());
                if (LEFT_OUT.contains(entry.getFileName().toString())) {
                    continue;
                }
                if (Files.isDirectory(entry)) {
                    copy(entry, target);
                } else {
                    Files.copy(entry, target);
                }
            }
        }
    }

    static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (var file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
