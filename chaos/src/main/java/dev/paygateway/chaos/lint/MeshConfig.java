package dev.paygateway.chaos.lint;

import dev.paygateway.chaos.lab.Shell;
import dev.paygateway.chaos.lint.Verdict.Notes;
import java.util.ArrayList;
import java.util.List;

/** Istio's own validation of routes, policies and gateways, by the tool beside them. */
final class MeshConfig implements Validator {
    private static final String TOOL = "istio/tool";

    private static final List<String> FOLDERS =
            List.of("istio/base", "istio/edge", "istio/failover");

    @Override
    public String name() {
        return "istio";
    }

    @Override
    public Verdict judge(Tree tree, Toolbox tools) throws Missing {
        var mesh = tools.built("mesh", tree.folder(TOOL));
        var command = new ArrayList<Object>();
        command.addAll(List.of(mesh.program(), "check"));
        for (var folder : FOLDERS) {
            command.add(tree.folder(folder));
        }
        var outcome = Shell.in(tree.root()).run(command);
        var notes = new Notes();
        notes.add("mesh check", outcome);
        var said = outcome.lines().isEmpty() ? "nothing" : outcome.lines().getLast();
        var istio = "istio.io/istio";
        var version = tree.required(TOOL, istio);
        return notes.verdict("validation of %s %s".formatted(istio, version), said);
    }

    @Override
    public List<Mistake> mistakes() {
        return List.of(
                new Mistake(
                        "a number of repeats below zero",
                        "istio/edge/routes.yaml",
                        "attempts: 0",
                        "attempts: -1"));
    }
}
