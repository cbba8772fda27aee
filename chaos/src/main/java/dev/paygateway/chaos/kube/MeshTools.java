package dev.paygateway.chaos.kube;

import dev.paygateway.chaos.lab.Tools;
import dev.paygateway.chaos.lint.Missing;
import dev.paygateway.chaos.lint.Toolbox;
import java.nio.file.Path;
import java.util.List;

/** What the mesh is made of: Istio's own programs and charts, and a stock Envoy. */
final class MeshTools {
    private static final String MODULE = "istio.io/istio";
    private static final String VERSION = "v0.0.0-20260827124520-eed52ebb66ad";

    /** The control plane, what tends a proxy, and the node's plugin. */
    private static final List<String> PARTS =
            List.of("pilot/cmd/pilot-discovery", "pilot/cmd/pilot-agent", "cni/cmd/istio-cni");

    private final Ground ground;
    private final Workshop workshop;
    private final Toolbox tools;

    MeshTools(Ground ground, Workshop workshop) {
        this.ground = ground;
        this.workshop = workshop;
        tools = new Toolbox(ground.tools());
    }

    /** Makes what is not there yet. */
    void all() {
        programs();
        charts();
        envoy();
    }

    /** The folder with Istio's programs; ~420 s of CPU when nothing of them is built yet. */
    Path programs() {
        return workshop.kept("istio-" + VERSION, this::build);
    }

    private void build(Path target) throws Missing {
        var go = tools.goIn(ground.own("tools/istio")).with("GOBIN", target.toString());
        for (var part : PARTS) {
            Toolbox.require(go.run("go", "install", MODULE + "/" + part));
        }
    }

    /** One of Istio's charts, such as {@code base}. */
    Path chart(String name) {
        return charts().resolve("manifests/charts").resolve(name);
    }

    /** What a proxy's first configuration is made of. */
    Path bootstrap() {
        return charts().resolve("tools/packaging/common/envoy_bootstrap.json");
    }

    private Path charts() {
        return Workshop.made(() -> tools.module(MODULE, VERSION));
    }

    Path envoy() {
        return Tools.envoy(ground.tools());
    }
}
