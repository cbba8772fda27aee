package dev.paygateway.chaos.lint;

import dev.paygateway.chaos.lab.Shell;
import dev.paygateway.chaos.lint.Verdict.Notes;
import java.util.List;

/** Kubernetes' own kinds again, by another program: required fields, types, names. */
final class NativeObjects implements Validator {
    /** What kubernetes-validate says of a kind that is not Kubernetes' own. */
    private static final String CUSTOM = "Couldn't find schema for kind ";

    @Override
    public String name() {
        return "kubernetes-validate";
    }

    @Override
    public Verdict judge(Tree tree, Toolbox tools) throws Missing {
        var validate = Schemas.kubernetesValidate(tools);
        var notes = new Notes();
        var files = Charts.rendered(tree, tools, notes);
        for (var file : files) {
            var outcome =
                    Shell.in(tree.root()).run(validate.program(), "-k", "1.35", "--strict", file);
            notes.add(file.getFileName().toString(), outcome);
            outcome.lines().stream()
                    .filter(line -> line.startsWith("WARN") && !line.contains(CUSTOM))
                    .forEach(notes::add);
        }
        return notes.verdict(validate, files.size() + " rendered cases, native kinds of 1.35");
    }

    @Override
    public List<Mistake> mistakes() {
        return List.of(
                new Mistake(
                        "a word where a number belongs",
                        Charts.CHART + "/templates/deployment.yaml",
                        "progressDeadlineSeconds: 300",
                        "progressDeadlineSeconds: soon"));
    }
}
