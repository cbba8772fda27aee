package dev.paygateway.chaos.lab;

import dev.paygateway.chaos.lab.Shell.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Programs of the machine that are run to their end. */
public final class Commands {
    private Commands() {}

    public static Outcome run(Duration limit, String... command) {
        return feed(limit, "", command);
    }

    /** Runs a program with {@code input} on its standard input; kills it after {@code limit}. */
    public static Outcome feed(Duration limit, String input, String... command) {
        return new Shell(Path.of("."), Map.of(), limit).feed(input, List.of(command));
    }

    /** The first file of that name on PATH that may be executed. */
    public static Optional<Path> onPath(String name) {
        var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Arrays.stream(path.split(":", -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A checked failure of the disk, with what was tried. */
    public static UncheckedIOException disk(String tried, IOException cause) {
        return new UncheckedIOException(tried + ": " + cause.getMessage(), cause);
    }
}
