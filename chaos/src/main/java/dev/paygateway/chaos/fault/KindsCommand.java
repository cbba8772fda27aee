package dev.paygateway.chaos.fault;

import dev.paygateway.chaos.fault.manifest.Vocabulary;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "kinds", description = "Says how each kind of fault is played here, and proved.")
final class KindsCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(page());
        return ExitCode.OK;
    }

    /** The same as docs/generated has it. */
    static String page() {
        var kinds = Vocabulary.rows().stream().map(Vocabulary.Row::kind).distinct();
        return """
        # How faults are played

        `./gateway fault play FILE` plays Chaos Mesh's manifests (`chaos-mesh.org/v1alpha1`) on the
        processes of the lab, and manifests of the lab's own kinds (`chaos.paygateway.dev/v1`),
        which no cluster is given. A field or an action that is not in these tables is refused by
        its name, as is one that is refused in them; nothing is passed over. Each fault must prove
        that it bit: what is measured stands before, during and after in the fault log,
        `run/faults.jsonl`. How a fault is taken back stands in its journal before it is made; a
        guardian does it when the runner is gone, `./gateway fault heal` does it by hand.

        """
                + kinds.map(KindsCommand::section).collect(Collectors.joining("\n"));
    }

    private static String section(String kind) {
        var rows = Vocabulary.rows().stream().filter(row -> row.kind().equals(kind)).toList();
        return "## "
                + (kind.equals("*") ? "Every kind" : kind)
                + "\n\n"
                + table(
                        rows.stream().filter(row -> row.subject().startsWith("action")).toList(),
                        true)
                + table(
                        rows.stream().filter(row -> !row.subject().startsWith("action")).toList(),
                        false);
    }

    private static String table(List<Vocabulary.Row> rows, boolean actions) {
        if (rows.isEmpty()) {
            return "";
        }
        var head =
                actions
                        ? "| Action | How it is played | What proves it |\n|---|---|---|\n"
                        : "| Field | How it is played |\n|---|---|\n";
        return rows.stream()
                .map(row -> row(row, actions))
                .collect(Collectors.joining("", head, "\n"));
    }

    private static String row(Vocabulary.Row row, boolean actions) {
        var subject = row.subject().replaceFirst("^action ", "").replaceFirst("^-$", "");
        var text = row.played() ? row.text() : "**refused**: " + row.text();
        var cells = "| " + subject + " | " + text + " |";
        return cells + (actions ? " " + row.proof() + " |" : "") + "\n";
    }
}
