package dev.paygateway.chaos.lint;

import dev.paygateway.chaos.lab.Shell;
import dev.paygateway.chaos.lint.Verdict.Notes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Every object, native or custom, against its closed schema; a kind without one is a problem. */
final class ObjectSchemas implements Validator {
    private static final List<String> FOLDERS =
            List.of(
                    "istio/base",
                    "istio/edge",
                    "istio/failover",
                    "chaos/guard",
                    "helm/region/objects");

    @Override
    public String name() {
        return "kubeconform";
    }

    @Override
    public Verdict judge(Tree tree, Toolbox tools) throws Missing {
        var path = "github.com/yannh/kubeconform/cmd/kubeconform";
        var kubeconform = tools.go("kubeconform", "v0.7.0", path);
        var notes = new Notes();
        var files = new ArrayList<Path>(Charts.rendered(tree, tools, notes));
        for (var folder : FOLDERS) {
            files.addAll(tree.files(folder, ".yaml"));
        }
        files.addAll(ChaosManifests.files(tree));
        var operators = Schemas.ofOperators(tools, tree.folder("chaos/validate"));
        var command = new ArrayList<Object>();
        command.addAll(List.of(kubeconform.program(), "-strict", "-summary"));
        command.add("-schema-location");
        command.add(Schemas.ofKubernetes(tools) + "/{{ .ResourceKind }}{{ .KindSuffix }}.json");
        command.add("-schema-location");
        command.add(operators + "/{{ .Group }}/{{ .ResourceKind }}_{{ .ResourceAPIVersion }}.json");
        command.addAll(files);
        var outcome = Shell.in(tree.root()).run(command);
        notes.add("kubeconform", outcome);
        var summary = outcome.lines().isEmpty() ? "nothing" : outcome.lines().getLast();
        return notes.verdict(kubeconform, summary);
    }

    @Override
    public List<Mistake> mistakes() {
        return List.of(
                new Mistake(
                        "a field that Kubernetes does not know",
                        Charts.CHART + "/templates/_security.tpl",
                        "readOnlyRootFilesystem:",
                        "readOnlyRootFileSystem:"),
                new Mistake(
                        "a field of a StorageClass that there is not",
                        "helm/region/objects/storage.yaml",
                        "volumeBindingMode:",
                        "bindingMode:"),
                new Mistake(
                        "a field that Prometheus' operator does not know",
                        Charts.CHART + "/templates/servicemonitor.yaml",
                        "scrapeTimeout:",
                        "timeout:"),
                Mistake.added(
                        "a field that Chaos Mesh does not know",
                        "chaos/experiments/planted.yaml",
                        """
                        apiVersion: chaos-mesh.org/v1alpha1
                        kind: PodChaos
                        metadata: {name: planted, namespace: chaos-mesh}
                        spec:
                          action: pod-kill
                          mode: one
                          selectors: {namespaces: [payment-gateway]}
                        """));
    }
}
