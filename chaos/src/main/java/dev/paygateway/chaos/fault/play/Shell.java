package dev.paygateway.chaos.fault.play;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paygateway.chaos.lab.ProcessId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Programs that are run to their end, and words as the shell takes them. */
final class Shell {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private Shell() {}

    /**
     * What a program did.
     *
     * @param output standard output and error
     */
    record Outcome(int exit, String output) {
        boolean fine() {
            return exit == 0;
        }
    }

    static Outcome run(List<String> command) {
        var bounded = new ArrayList<String>(List.of("timeout", "-k", "1", LIMIT.toSeconds() + "s"));
        bounded.addAll(command);
        try {
            var process = new ProcessBuilder(bounded).redirectErrorStream(true).start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), UTF_8);
            return new Outcome(process.waitFor(), output.strip());
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot run " + command.getFirst(), refused);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new FaultFailure("interrupted while running " + command.getFirst());
        }
    }

    static Outcome run(String... command) {
        return run(List.of(command));
    }

    /** Runs a line of the shell in the network namespace of a side. */
    static Outcome in(String namespace, String line) {
        return run("bash", "-c", prefix(namespace) + "bash -c " + word(line));
    }

    /** One that must do its work. */
    static String must(String line) {
        var outcome = run("bash", "-c", line);
        if (!outcome.fine()) {
            throw new FaultFailure(line + ": exit " + outcome.exit() + ": " + outcome.output());
        }
        return outcome.output();
    }

    /** What makes a command run in a network namespace; nothing for the machine's own. */
    static String prefix(String namespace) {
        return namespace.isEmpty() ? "" : "nsenter --net=" + word(namespace) + " ";
    }

    /** Starts what goes on until it is ended; how to end it stands in a file of its number. */
    static void start(List<String> command, Path log) {
        try {
            var detached = new ArrayList<String>(List.of("setsid"));
            detached.addAll(command);
            new ProcessBuilder(detached)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot start " + command.getFirst(), refused);
        }
    }

    /** A word that the shell takes as it stands. */
    static String word(String text) {
        return text.matches("[A-Za-z0-9_./:=,@%+-]+")
                ? text
                : "'" + text.replace("'", "'\\''") + "'";
    }

    static String words(List<String> texts) {
        return texts.stream().map(Shell::word).collect(Collectors.joining(" "));
    }

    /** A line that is run only while this very process lives, and is fine when it does not. */
    static String whileAlive(ProcessId process, String line) {
        return "[ \"$(sed 's/.*) //' /proc/%d/stat 2>/dev/null | cut -d' ' -f20)\" != %d ] || { %s; }"
                .formatted(process.pid(), process.startTicks(), line);
    }

    /** Ends whoever wrote its number into that file, if it still is the one that names {@code mark}. */
    static String endOf(Path pidFile, Path mark) {
        return "p=$(cat %1$s 2>/dev/null) && tr '\\0' ' ' </proc/$p/cmdline 2>/dev/null | grep -qF %2$s && kill -KILL $p; true"
                .formatted(word(pidFile.toString()), word(mark.toString()));
    }
}
