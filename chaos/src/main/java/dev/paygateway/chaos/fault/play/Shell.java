package dev.paygateway.chaos.fault.play;

import dev.paygateway.chaos.lab.Await;
import dev.paygateway.chaos.lab.Commands;
import dev.paygateway.chaos.lab.ProcessId;
import dev.paygateway.chaos.lab.Shell.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Programs that are run to their end, and words as the shell takes them. */
final class Shell {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** When a process started, in clock ticks since boot; nothing of one that is dead. */
    private static final String TICKS =
            "sed -n 's/.*) \\([^ZX]\\)/\\1/p' /proc/%s/stat 2>/dev/null | cut -d' ' -f20";

    private Shell() {}

    /** What the program started itself is killed with it when its time is over. */
    static Outcome run(List<String> command) {
        var bounded = new ArrayList<String>(List.of("timeout", "-k", "1", LIMIT.toSeconds() + "s"));
        bounded.addAll(command);
        var outcome = Commands.run(LIMIT.multipliedBy(2), bounded.toArray(String[]::new));
        return new Outcome(outcome.exit(), outcome.output().strip(), "");
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

    /**
     * Starts what goes on until it is ended: a session of its own, whose number stands in a file
     * before it begins.
     */
    static void start(Path folder, String name, String script) {
        try {
            var file =
                    Files.writeString(
                            folder.resolve(name + ".sh"),
                            "echo $$ $("
                                    + TICKS.formatted("$$")
                                    + ") >"
                                    + word(pid(folder, name).toString())
                                    + "\n"
                                    + script);
            new ProcessBuilder("setsid", "bash", file.toString())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve(name + ".log").toFile())
                    .start();
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot start " + name, refused);
        }
        if (!Await.holds(LIMIT, () -> Files.exists(pid(folder, name)))) {
            throw new FaultFailure(name + " did not begin");
        }
    }

    private static Path pid(Path folder, String name) {
        return folder.resolve(name + ".pid");
    }

    /**
     * The line that ends what {@link #start} started, with all that it started itself: its group,
     * unless the number is another process's by now.
     */
    static String end(Path folder, String name) {
        return ("[ -e %1$s ] || exit 0; read p t <%1$s; now=$(%2$s);"
                        + " case \"$now\" in ''|$t) kill -s KILL -- -$p 2>/dev/null; esac; true")
                .formatted(word(pid(folder, name).toString()), TICKS.formatted("$p"));
    }

    /** Whether what was started still runs. */
    static boolean runs(Path folder, String name) {
        var line =
                "read p t <%s && [ \"$(%s)\" = $t ]"
                        .formatted(word(pid(folder, name).toString()), TICKS.formatted("$p"));
        return run("bash", "-c", line).fine();
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
        return "[ \"$(%s)\" != %d ] || { %s; }"
                .formatted(TICKS.formatted(process.pid()), process.startTicks(), line);
    }

    /** A line that is run only when this very process does not live any more. */
    static String whenDead(ProcessId process, String line) {
        return "[ \"$(%s)\" = %d ] || { %s; }"
                .formatted(TICKS.formatted(process.pid()), process.startTicks(), line);
    }
}
