package dev.paygateway.chaos.drill;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine;

/** Runs commands as {@code ./gateway} would, in this process. */
final class Launcher {
    private final Supplier<CommandLine> commandLine;
    private final Path state;

    /**
     * What a command did.
     *
     * @param output of the standard kind
     * @param errors what it printed beside it
     */
    record Outcome(int exit, String output, String errors) {}

    /**
     * @param commandLine a fresh one each time: a command keeps what it was told
     * @param state folder of the lab that is meant
     */
    Launcher(Supplier<CommandLine> commandLine, Path state) {
        this.commandLine = commandLine;
        this.state = state;
    }

    Outcome run(List<String> words) {
        var output = new StringWriter();
        var errors = new StringWriter();
        var line =
                commandLine.get().setOut(new PrintWriter(output)).setErr(new PrintWriter(errors));
        int exit = line.execute(placed(words).toArray(String[]::new));
        line.getOut().flush();
        line.getErr().flush();
        return new Outcome(exit, output.toString(), errors.toString());
    }

    /** On our lab, where a command can be told of which. */
    private List<String> placed(List<String> words) {
        var placed = new ArrayList<>(words);
        if (knowsState(words)) {
            placed.addAll(List.of("--state", state.toString()));
        }
        return placed;
    }

    private boolean knowsState(List<String> words) {
        var at = commandLine.get();
        for (var word : words) {
            var next = at.getSubcommands().get(word);
            if (next == null) {
                break;
            }
            at = next;
        }
        return at.getCommandSpec().findOption("--state") != null;
    }

    /** Whether there is a command of that name. */
    boolean knows(String command) {
        return commandLine.get().getSubcommands().containsKey(command);
    }
}
