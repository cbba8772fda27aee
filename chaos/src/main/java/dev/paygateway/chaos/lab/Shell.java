package dev.paygateway.chaos.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * Runs programs to their end, in one folder, with some variables more.
 *
 * @param limit a program that takes longer is killed
 */
public record Shell(Path folder, Map<String, String> variables, Duration limit) {
    private static final Duration USUAL = Duration.ofMinutes(15);

    public Shell {
        variables = Map.copyOf(variables);
    }

    public static Shell in(Path folder) {
        return new Shell(folder, Map.of(), USUAL);
    }

    public Shell with(String name, String value) {
        var more = new HashMap<>(variables);
        more.put(name, value);
        return new Shell(folder, more, limit);
    }

    /**
     * What a program did.
     *
     * @param exit -1 if it could not be started
     * @param printed standard output, for those who read it as data
     * @param errors standard error, where a program may warn though all is well
     */
    public record Outcome(int exit, String printed, String errors) {
        /** Both, for people. */
        public String output() {
            return printed + errors;
        }

        public boolean fine() {
            return exit == 0;
        }

        public List<String> lines() {
            return output().lines().filter(line -> !line.isBlank()).toList();
        }
    }

    public Outcome run(Object... command) {
        return run(Arrays.asList(command));
    }

    public Outcome run(List<?> command) {
        return feed("", command);
    }

    /** Runs a program with {@code input} on its standard input. */
    Outcome feed(String input, List<?> command) {
        var words = command.stream().map(Object::toString).toList();
        var builder = new ProcessBuilder(words).directory(folder.toFile());
        builder.environment().putAll(variables);
        try {
            var process = builder.start();
            var killer = Thread.ofVirtual().start(() -> killAfter(process));
            var errors =
                    CompletableFuture.supplyAsync(
                            () -> text(process.getErrorStream()), Thread::startVirtualThread);
            try (var stdin = process.outputWriter(StandardCharsets.UTF_8)) {
                stdin.write(input);
            }
            var printed = text(process.getInputStream());
            var exit = process.waitFor();
            killer.interrupt();
            return new Outcome(exit, printed, errors.join());
        } catch (IOException | UncheckedIOException | CompletionException unusable) {
            return new Outcome(-1, "", words.getFirst() + ": " + unusable.getMessage());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw LabFailure.failed("interrupted while running " + words.getFirst(), stop);
        }
    }

    private static String text(InputStream stream) {
        try {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void killAfter(Process process) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException finished) {
            Thread.currentThread().interrupt();
        }
    }
}
