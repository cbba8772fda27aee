package dev.paygateway.chaos.lint;

import dev.paygateway.chaos.lab.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What objects may look like: Kubernetes' own, and of each operator that reads ours. */
final class Schemas {
    static final String KUBERNETES_VALIDATE = "1.37.0";

    private static final String OPERATOR = "v0.85.0";
    private static final String ISTIO = "v1.32.0";
    private static final String NATIVE = "v1.35.0-local-strict";
    private static final String SCRIPT = "schemas.py";

    private Schemas() {}

    static Tool kubernetesValidate(Toolbox tools) throws Missing {
        return tools.python("kubernetes-validate", "kubernetes-validate", KUBERNETES_VALIDATE);
    }

    /** Of Kubernetes, by kind and group. */
    static Path ofKubernetes(Toolbox tools) throws Missing {
        return tools.kept("schemas-kubernetes", target -> fillNative(tools, target));
    }

    private static void fillNative(Toolbox tools, Path target) throws Missing, IOException {
        var python = kubernetesValidate(tools);
        var find = "import kubernetes_validate as k; print(k.__path__[0])";
        var shell = Shell.in(target);
        var found = shell.run(interpreter(python), "-c", find);
        Toolbox.require(found);
        var source = Path.of(found.printed().strip(), "kubernetes-json-schema", NATIVE);
        Toolbox.require(shell.run(interpreter(python), script(target), "native", source, target));
    }

    /** Of Prometheus' operator, Istio and Chaos Mesh, by group, kind and version. */
    static Path ofOperators(Toolbox tools, Path chaosModule) throws Missing {
        return tools.kept("schemas-operators", target -> fill(tools, chaosModule, target));
    }

    private static void fill(Toolbox tools, Path chaosModule, Path target)
            throws Missing, IOException {
        var files = new ArrayList<Path>(ofPrometheus(tools));
        var istio = tools.module("istio.io/api", ISTIO);
        files.add(istio.resolve("kubernetes/customresourcedefinitions.gen.yaml"));
        files.addAll(ofChaos(tools, chaosModule, target));
        convert(tools, files, target);
    }

    private static List<Path> ofPrometheus(Toolbox tools) throws Missing {
        var module = "github.com/prometheus-operator/prometheus-operator";
        var folder = tools.module(module, OPERATOR).resolve("example/prometheus-operator-crd");
        return List.of(
                folder.resolve("monitoring.coreos.com_prometheusrules.yaml"),
                folder.resolve("monitoring.coreos.com_servicemonitors.yaml"));
    }

    /** Chaos Mesh's are made of its types, those that its webhooks are made of too. */
    private static List<Path> ofChaos(Toolbox tools, Path module, Path target)
            throws Missing, IOException {
        var crds = Files.createDirectories(target.resolve("crds"));
        ChaosTypes.write(tools, module, crds);
        try (var files = Files.list(crds)) {
            return files.sorted().toList();
        }
    }

    private static void convert(Toolbox tools, List<Path> files, Path target)
            throws Missing, IOException {
        var command = new ArrayList<Object>();
        command.add(interpreter(kubernetesValidate(tools)));
        command.addAll(List.of(script(target), "crds", target));
        command.addAll(files);
        Toolbox.require(Shell.in(target).run(command));
    }

    private static Path interpreter(Tool python) {
        return python.program().resolveSibling("python");
    }

    private static Path script(Path target) throws IOException {
        var script = target.resolve(SCRIPT);
        try (InputStream text = Schemas.class.getResourceAsStream(SCRIPT)) {
            if (text == null) {
                throw new IOException(SCRIPT + " is not in this jar");
            }
            Files.write(script, text.readAllBytes());
        }
        return script;
    }
}
