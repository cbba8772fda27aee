package dev.paygateway.chaos.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.chaos.lab.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * Goal: a pod's network is made by the usual two plugins, and then led through its sidecar.
 *
 * <p>Method: the node's files are filled with what the plugin says of itself, and read as the
 * container run-time would.
 */
class MeshPluginTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir private Path scratch;

    /** The lane's files, with a state of their own. */
    private Ground lane() throws IOException {
        var ours = Path.of("kube").toAbsolutePath();
        for (var file :
                new String[] {"node/cni.json", "node/kubeconfig.yaml", "mesh/plugin.json"}) {
            var copy = scratch.resolve("chaos/kube").resolve(file);
            Folders.write(copy, Files.readString(ours.resolve(file)));
        }
        return new Ground(scratch);
    }

    @Test
    void comesLastInTheChainAndFindsEachProgram() throws IOException {
        var ground = lane();
        var usual = Folders.make(scratch.resolve("debian"));
        Files.createFile(usual.resolve("bridge"));
        Files.createFile(usual.resolve("portmap"));
        var own = Files.createFile(scratch.resolve("istio-cni"));

        var places = new MeshPlugin(ground, usual, own).prepare();

        var chain = JSON.readTree(ground.filled("node/cni.json", places)).path("plugins");
        var folder = Path.of(places.get("cni"));
        assertThat(chain.valueStream().map(plugin -> plugin.path("type").asString()))
                .containsExactly("bridge", "portmap", "istio-cni")
                .allSatisfy(name -> assertThat(folder.resolve(name)).exists());
    }

    @Test
    void hasAnIdentityOfItsOwnWhereItLooks() throws IOException {
        var ground = lane();
        var usual = Folders.make(scratch.resolve("debian"));
        var own = Files.createFile(scratch.resolve("istio-cni"));

        var places = new MeshPlugin(ground, usual, own).prepare();

        var chain = JSON.readTree(ground.filled("node/cni.json", places)).path("plugins");
        var told = chain.get(2).path("cni_agent_run_dir").asString();
        assertThat(Path.of(told, "istio-cni-kubeconfig"))
                .content()
                .contains("pki/istio-cni/cert.pem")
                .doesNotContain("admin");
    }
}
