package dev.paygateway.chaos.lint;

import dev.paygateway.chaos.lab.Shell;
import dev.paygateway.chaos.lint.Verdict.Notes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Chaos Mesh's own types and webhooks on every experiment. */
final class ChaosManifests implements Validator {
    /** The lab's own kinds, which no cluster is given; our own reader judges them. */
    private static final String LAB = "chaos/experiments/lab";

    private static final String SOURCE = "chaos/validate";

    private static final List<String> FOLDERS =
            List.of("chaos/experiments", "chaos/monthly", "chaos/kube/faults");

    /** What a cluster is given. */
    static List<Path> files(Tree tree) throws Missing {
        var files = new ArrayList<Path>();
        for (var folder : FOLDERS) {
            files.addAll(tree.files(folder, ".yaml"));
        }
        files.removeIf(file -> file.startsWith(tree.at(LAB)));
        return files;
    }

    @Override
    public String name() {
        return "chaos-mesh";
    }

    @Override
    public Verdict judge(Tree tree, Toolbox tools) throws Missing {
        var files = files(tree);
        var source = tree.folder(SOURCE);
        var validate = tools.built("chaosvalidate", source);
        var command = new ArrayList<Object>();
        command.add(validate.program());
        command.addAll(files);
        var notes = new Notes();
        notes.add("webhooks", Shell.in(tree.root()).run(command));
        notes.add("its own bad documents", tools.goIn(source).run("go", "test", "./..."));
        var api = "github.com/chaos-mesh/chaos-mesh/api";
        var version = tree.required(SOURCE, api);
        return notes.verdict(
                "webhooks of %s %s".formatted(api, version),
                files.size() + " files of experiments");
    }

    @Override
    public List<Mistake> mistakes() {
        return List.of(
                Mistake.added(
                        "a duration that is none",
                        "chaos/experiments/planted.yaml",
                        """
                        apiVersion: chaos-mesh.org/v1alpha1
                        kind: PodChaos
                        metadata: {name: planted, namespace: chaos-mesh}
                        spec:
                          action: pod-failure
                          mode: one
                          duration: a while
                          selector: {namespaces: [payment-gateway]}
                        """));
    }
}
