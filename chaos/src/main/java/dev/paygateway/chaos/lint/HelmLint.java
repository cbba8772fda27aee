package dev.paygateway.chaos.lint;

import dev.paygateway.chaos.lab.Shell;
import dev.paygateway.chaos.lint.Verdict.Notes;
import java.util.ArrayList;
import java.util.List;

/** Helm's own: templates that render, values that the closed schema knows. */
final class HelmLint implements Validator {
    @Override
    public String name() {
        return "helm";
    }

    @Override
    public Verdict judge(Tree tree, Toolbox tools) throws Missing {
        var helm = Charts.helm(tools);
        var notes = new Notes();
        var cases = Charts.cases(tree);
        for (var each : cases) {
            var command = new ArrayList<Object>();
            command.addAll(List.of(helm.program(), "lint", "--strict", tree.at(each.chart())));
            command.addAll(List.of("--kube-version", Charts.KUBERNETES));
            command.addAll(each.arguments(tree));
            notes.add(each.name(), Shell.in(tree.root()).run(command));
        }
        return notes.verdict(helm, cases.size() + " cases of " + Charts.RELEASES.keySet());
    }

    @Override
    public List<Mistake> mistakes() {
        return List.of(
                new Mistake(
                        "a value that nobody reads",
                        Charts.CHART + "/ci/bare-values.yaml",
                        "migration:",
                        "migrations:"),
                new Mistake(
                        "a region that the service would refuse",
                        Charts.CHART + "/values-north.yaml",
                        "region: north",
                        "region: North-1"),
                new Mistake(
                        "nodes of a database that no region is named for",
                        "helm/database/values-north.yaml",
                        "region: north",
                        "region: 2"),
                new Mistake(
                        "a template that is not closed",
                        Charts.CHART + "/templates/service.yaml",
                        "{{- end }}",
                        ""));
    }
}
