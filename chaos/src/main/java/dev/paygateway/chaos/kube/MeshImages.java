package dev.paygateway.chaos.kube;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/** The images of the mesh, by the names that Istio's charts give them. */
final class MeshImages {
    private static final String ENVOY = "usr/local/bin/envoy";

    /** A sidecar's user is not the one that owns what is in an image. */
    private static final Set<PosixFilePermission> EXECUTABLE =
            PosixFilePermissions.fromString("rwxr-xr-x");

    private final MeshTools tools;
    private final Images images;

    MeshImages(MeshTools tools, Images images) {
        this.tools = tools;
        this.images = images;
    }

    List<Path> all() {
        return List.of(pilot(), proxy());
    }

    private Path pilot() {
        var program = tools.programs().resolve("pilot-discovery");
        var inside = "usr/local/bin/pilot-discovery";
        return images.fixed(
                "pilot", program, List.of("/" + inside), root -> root.add(program, inside));
    }

    /** Without iptables: the rules are the node's plugin's to write, and no pod's. */
    private Path proxy() {
        var agent = tools.programs().resolve("pilot-agent");
        var inside = "usr/local/bin/pilot-agent";
        return images.fixed(
                "proxyv2",
                agent,
                List.of("/" + inside),
                root -> {
                    root.add(agent, inside);
                    root.add(tools.envoy(), ENVOY);
                    Files.setPosixFilePermissions(root.root().resolve(ENVOY), EXECUTABLE);
                    root.add(tools.bootstrap(), "var/lib/istio/envoy/envoy_bootstrap_tmpl.json");
                });
    }
}
