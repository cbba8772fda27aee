package dev.paygateway.chaos.lint;

import dev.paygateway.chaos.lab.Shell;
import dev.paygateway.chaos.lint.Verdict.Notes;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** The chart's page says what its values say. */
final class ChartPage implements Validator {
    @Override
    public String name() {
        return "helm-docs";
    }

    @Override
    public Verdict judge(Tree tree, Toolbox tools) throws Missing {
        var path = "github.com/norwoodj/helm-docs/cmd/helm-docs";
        var docs = tools.go("helm-docs", "v1.14.2", path);
        var chart = tree.folder(Charts.CHART);
        var outcome =
                Shell.in(chart)
                        .run(
                                docs.program(),
                                "--chart-search-root=.",
                                "--sort-values-order=file",
                                "--log-level=error",
                                "--dry-run");
        var notes = new Notes();
        notes.add("helm-docs", outcome);
        try {
            var stands = Files.readString(chart.resolve("README.md")).strip();
            if (outcome.fine() && !outcome.printed().strip().equals(stands)) {
                notes.add(
                        "README.md is not what values.yaml makes of it; in %s run: %s %s"
                                .formatted(
                                        Charts.CHART,
                                        docs.program(),
                                        "--chart-search-root . --sort-values-order file"));
            }
        } catch (IOException unreadable) {
            notes.add("README.md cannot be read: " + unreadable.getMessage());
        }
        return notes.verdict(docs, "README.md against values.yaml");
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
