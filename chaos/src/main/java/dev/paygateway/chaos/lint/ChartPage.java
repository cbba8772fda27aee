package dev.paygateway.chaos.lint;

import dev.paygateway.chaos.lab.Shell;
import dev.paygateway.chaos.lint.Verdict.Notes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A chart's page says what its values say. */
final class ChartPage implements Validator {
    @Override
    public String name() {
        return "helm-docs";
    }

    @Override
    public Verdict judge(Tree tree, Toolbox tools) throws Missing {
        var path = "github.com/norwoodj/helm-docs/cmd/helm-docs";
        var docs = tools.go("helm-docs", "v1.14.2", path);
        var notes = new Notes();
        for (var chart : Charts.RELEASES.keySet()) {
            look(tree.folder(chart), chart, docs, notes);
        }
        return notes.verdict(
                docs,
                "README.md of %d charts against values.yaml".formatted(Charts.RELEASES.size()));
    }

    private static void look(Path folder, String chart, Tool docs, Notes notes) {
        var outcome =
                Shell.in(folder)
                        .run(
                                docs.program(),
                                "--chart-search-root=.",
                                "--sort-values-order=file",
                                "--log-level=error",
                                "--dry-run");
        notes.add("helm-docs", outcome);
        try {
            var stands = Files.readString(folder.resolve("README.md")).strip();
            if (outcome.fine() && !outcome.printed().strip().equals(stands)) {
                notes.add(
                        "README.md is not what values.yaml makes of it; in %s run: %s %s"
                                .formatted(
                                        chart,
                                        docs.program(),
                                        "--chart-search-root . --sort-values-order file"));
            }
        } catch (IOException unreadable) {
            notes.add("README.md cannot be read: " + unreadable.getMessage());
        }
    }

    @Override
    public List<Mistake> mistakes() {
        return List.of(
                new Mistake(
                        "a default that changed and a page that did not",
                        Charts.CHART + "/values.yaml",
                        "replicasMax: 12",
                        "replicasMax: 13"));
    }
}
