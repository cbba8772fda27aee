package dev.paygateway.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/** A source file that leaks on purpose; it names who refuses it, and marks the lines. */
record Sample(Path file, String text) {
    private static final Pattern SAYS =
            Pattern.compile("/\\*\\* Refused by (?:SpotBugs )?(\\w+): (.*)\\. \\*/");
    private static final Predicate<String> MARK = Pattern.compile("// refused$").asPredicate();

    /** Those of a folder of test resources, by name. */
    static List<Sample> of(String folder) throws IOException {
        try (var files = Files.list(Path.of("src/test/resources", folder))) {
            return files.sorted().map(Sample::read).toList();
        }
    }

    private static Sample read(Path file) {
        try {
            return new Sample(file, Files.readString(file));
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    String name() {
        return file.getFileName().toString().replace(".java", "");
    }

    /** The check, or SpotBugs' pattern, that refuses it. */
    String refusedBy() {
        return said(1);
    }

    String leak() {
        return said(2);
    }

    private String said(int group) {
        var said = SAYS.matcher(text);
        if (!said.find()) {
            throw new IllegalStateException(file + " does not say who refuses it");
        }
        return said.group(group);
    }

    /** Numbers of the lines that are to be refused. */
    List<Long> refusedLines() {
        var lines = text.lines().toList();
        return LongStream.rangeClosed(1, lines.size())
                .filter(number -> MARK.test(lines.get((int) number - 1)))
                .boxed()
                .toList();
    }
}
