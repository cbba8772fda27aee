package dev.paygateway.chaos.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paygateway.chaos.lab.LabFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: what the cluster is told has no hole in it.
 *
 * <p>Method: our own files are filled with what the lane fills them with; one with a name that
 * nobody knows is refused.
 */
class GroundTest {
    private static final Ground HERE = new Ground(Path.of("..").toAbsolutePath().normalize());

    @TempDir private Path scratch;

    @Test
    void fillsEveryPlace() {
        var more =
                Map.ofEntries(
                        Map.entry("name", "amber"),
                        Map.entry("address", "198.19.0.13"),
                        Map.entry("seed", "1"),
                        Map.entry("number", "0"),
                        Map.entry("options", "socket.ssl=yes;"),
                        Map.entry("tag", "1"),
                        Map.entry("key", "vault:v1:abc"),
                        Map.entry("cni", "/cni"),
                        Map.entry("further", ""),
                        Map.entry("user", "admin"),
                        Map.entry("authority", "LS0t"));
        for (var file :
                new String[] {
                    "manifests/dns.yaml",
                    "manifests/metrics-server.yaml",
                    "manifests/namespaces.yaml",
                    "manifests/vault.yaml",
                    "manifests/arbitrator.yaml",
                    "manifests/database-node.yaml",
                    "database.yaml",
                    "manifests/acquirer.yaml",
                    "node/containerd.toml",
                    "node/cni.json",
                    "node/kubelet.yaml",
                    "node/kube-proxy.yaml",
                    "node/kubeconfig.yaml",
                    "mesh/cluster.yaml",
                    "mesh/edge.yaml",
                    "mesh/plugin.json",
                    "mesh/stranger.yaml",
                    "values.yaml"
                }) {
            assertThat(HERE.filled(file, more)).as(file).doesNotContain("${").isNotBlank();
        }
    }

    @Test
    void refusesANameThatNobodyKnows() throws IOException {
        var folder = Files.createDirectories(scratch.resolve("chaos/kube"));
        Files.writeString(folder.resolve("holes.yaml"), "a: ${nobody}\n");
        assertThatThrownBy(() -> new Ground(scratch).filled("holes.yaml", Map.of()))
                .isInstanceOf(LabFailure.class)
                .hasMessageContaining("${nobody}");
    }
}
