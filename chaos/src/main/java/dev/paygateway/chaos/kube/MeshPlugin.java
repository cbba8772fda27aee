package dev.paygateway.chaos.kube;

import dev.paygateway.chaos.lab.Commands;
import dev.paygateway.chaos.lab.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Istio's plugin in the chain that gives a pod its network: it writes the rules that lead a pod's
 * traffic through its sidecar, so that no pod needs the right to. In production the chart {@code
 * cni} installs it on each node; here the chain names it from the start.
 */
final class MeshPlugin {
    /** As whom it asks the API server who a pod is. */
    static final String USER = "istio-cni";

    private final Ground ground;
    private final Path plugins;
    private final Path program;

    /**
     * @param plugins those of Debian
     */
    MeshPlugin(Ground ground, Path plugins, Path program) {
        this.ground = ground;
        this.plugins = plugins;
        this.program = program;
    }

    /** Makes what it needs; what the node's files are to be told of it. */
    Map<String, String> prepare() {
        var folder = ground.run().resolve("node/mesh");
        var all = Folders.make(folder.resolve("plugins"));
        var address = Map.of("user", USER, "address", Ground.NODE_ADDRESS);
        var config = ground.filled("node/kubeconfig.yaml", address);
        Folders.write(folder.resolve("istio-cni-kubeconfig"), config);
        try (var others = Files.newDirectoryStream(plugins)) {
            for (var other : others) {
                link(all, other);
            }
            link(all, program);
        } catch (IOException refused) {
            throw Commands.disk("cannot gather network plugins in " + all, refused);
        }
        var own = ground.filled("mesh/plugin.json", Map.of());
        return Map.of("cni", all.toString(), "further", String.join(",\n", List.of("", own)));
    }

    private static void link(Path folder, Path program) throws IOException {
        Files.createSymbolicLink(folder.resolve(program.getFileName()), program);
    }
}
