package dev.paygateway.chaos.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Programs that tests run to their end. */
final class Commands {
    private Commands() {}

    static int run(String... command) {
        return outcome(List.of(command)).exit();
    }

    static String must(String... command) {
        var outcome = outcome(List.of(command));
        if (outcome.exit() != 0) {
            throw new AssertionError(String.join(" ", command) + ": " + outcome.output());
        }
        return outcome.output();
    }

    private record Outcome(int exit, String output) {}

    private static Outcome outcome(List<String> command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), UTF_8);
            return new Outcome(process.waitFor(), output);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stop) {
            throw new AssertionError(stop);
        }
    }
}
