package dev.paygateway.chaos.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Programs of the machine that are run to their end. */
public final class Commands {
    private Commands() {}

    /**
     * What a program did.
     *
     * @param output standard output and error, as they came
     */
    public record Outcome(int exit, String output) {
        public boolean fine() {
            return exit == 0;
        }
    }

    public static Outcome run(Duration limit, String... command) {
        return feed(limit, "", command);
    }

    /** Runs a program with {@code input} on its standard input; kills it after {@code limit}. */
    public static Outcome feed(Duration limit, String input, String... command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var killer = Thread.ofVirtual().start(() -> killAfter(limit, process));
            try (var stdin = process.outputWriter(StandardCharsets.UTF_8)) {
                stdin.write(input);
            }
            var output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            var exit = process.waitFor();
            killer.interrupt();
            return new Outcome(exit, output);
        } catch (IOException unusable) {
            return new Outcome(-1, command[0] + ": " + unusable.getMessage());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw LabFailure.failed("interrupted while running " + command[0], stop);
        }
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

    private static void killAfter(Duration limit, Process process) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException finished) {
            Thread.currentThread().interrupt();
        }
    }

    /** A checked failure of the disk, with what was tried. */
    public static UncheckedIOException disk(String tried, IOException cause) {
        return new UncheckedIOException(tried + ": " + cause.getMessage(), cause);
    }
}
