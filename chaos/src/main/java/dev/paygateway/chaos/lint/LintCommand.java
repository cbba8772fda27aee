package dev.paygateway.chaos.lint;

import dev.paygateway.chaos.lint.Lint.Control;
import dev.paygateway.chaos.lint.Lint.Result;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** The command {@code lint}. */
@Command(
        name = "lint",
        description = {
            "Judges charts, mesh, cloud, alerts and experiments by the real tools.",
            "Exit: 0 fine, 1 a tool objects or lets a planted mistake through."
        })
public final class LintCommand implements Callable<Integer> {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String ROW = "%-20s %-8s %6s  %s%n";
    private static final String MORE = "%-37s %s%n";

    @Spec private CommandSpec spec;

    @Option(
            names = "--only",
            paramLabel = "TOOL",
            split = ",",
            description = "Let these judge and no others.")
    private List<String> only = List.of();

    @Option(
            names = "--controls",
            description = "Plant each tool's mistakes in a copy, too: it has to catch them.")
    private boolean controls;

    @Option(names = "--strict", description = "What cannot be judged here fails.")
    private boolean strict;

    @Option(names = "--json", description = "As one JSON document.")
    private boolean json;

    @Override
    public Integer call() {
        var root = Path.of(System.getProperty("gateway.root", "")).toAbsolutePath().normalize();
        var out = spec.commandLine().getOut();
        if (!json) {
            out.printf(ROW, "TOOL", "VERDICT", "TIME", "VERSION, AND WHAT IT JUDGED");
        }
        var results =
                new Lint(root, root.resolve(".gateway"))
                        .run(chosen(), controls, result -> tell(result, out));
        out.println(json ? JSON.writeValueAsString(results) : closing());
        out.flush();
        var skipped = results.stream().anyMatch(Result.Skipped.class::isInstance);
        var fine = results.stream().allMatch(Result::fine) && !(strict && skipped);
        return fine ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private List<Validator> chosen() {
        var known = Lint.VALIDATORS.stream().map(Validator::name).toList();
        for (var name : only) {
            if (!known.contains(name)) {
                var hint = "--only: there is no " + name + ", only " + String.join(", ", known);
                throw new ParameterException(spec.commandLine(), hint);
            }
        }
        return Lint.VALIDATORS.stream()
                .filter(each -> only.isEmpty() || only.contains(each.name()))
                .toList();
    }

    private void tell(Result result, PrintWriter out) {
        if (json) {
            return;
        }
        switch (result) {
            case Result.Skipped(var name, var reason) ->
                    out.printf(ROW, name, "skipped", "-", reason);
            case Result.Judged(var name, var verdict, var planted, var took) -> {
                var word = verdict.fine() ? "fine" : "OBJECTS";
                var what = verdict.tool() + ": " + verdict.judged();
                out.printf(ROW, name, word, took.toSeconds() + " s", what);
                verdict.problems().forEach(problem -> out.printf(MORE, "", problem));
                planted.forEach(control -> out.printf(MORE, "", said(control)));
            }
        }
        out.flush();
    }

    static String closing() {
        return Lint.UNJUDGED.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(each -> "not judged: %s (%s)".formatted(each.getKey(), each.getValue()))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    private static String said(Control control) {
        return (control.isCaught() ? "caught: " : "NOT CAUGHT: ") + control.mistake();
    }
}
