package dev.paygateway.chaos.lint;

import java.nio.file.Path;

/** Chaos Mesh's kinds, made of its types: those that its chart brings are older than they are. */
public final class ChaosTypes {
    private static final String TYPES = "github.com/chaos-mesh/chaos-mesh/api/v1alpha1";

    private ChaosTypes() {}

    /**
     * Writes a file for each kind.
     *
     * @param module a folder whose go.mod says of which day the types are
     */
    public static void write(Toolbox tools, Path module, Path target) throws Missing {
        var path = "sigs.k8s.io/controller-tools/cmd/controller-gen";
        var generator = tools.go("controller-gen", "v0.21.0", path).program();
        var what = "crd:maxDescLen=0";
        var into = "output:dir=" + target;
        Toolbox.require(tools.goIn(module).run(generator, what, "paths=" + TYPES, into));
    }
}
