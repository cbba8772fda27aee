package dev.paygateway.chaos.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: what a node wrote into folders of the machine goes with it, and nothing of anybody else.
 *
 * <p>Method: of two folders one was there before; a node's files are written into both.
 */
class TracesTest {
    @TempDir private Path scratch;
    private Path kubelet = Path.of("");
    private Path containers = Path.of("");
    private Path logs = Path.of("");

    @BeforeEach
    void name() throws IOException {
        kubelet = scratch.resolve("lib/kubelet");
        containers = Files.createDirectories(scratch.resolve("log/containers"));
        logs = scratch.resolve("run/logs");
    }

    private Traces traces() {
        return new Traces(scratch.resolve("run/absent.before"), List.of(kubelet, containers), logs);
    }

    private void nodeRuns() throws IOException {
        Files.createDirectories(kubelet.resolve("device-plugins"));
        Files.writeString(kubelet.resolve("device-plugins/kubelet.sock"), "");
        Files.createSymbolicLink(containers.resolve("ours.log"), logs.resolve("pods/a/0.log"));
    }

    @Test
    void leavesNothingOfItsOwn() throws IOException {
        traces().remember();
        nodeRuns();
        traces().remove();
        assertThat(kubelet).doesNotExist();
        assertThat(containers).isEmptyDirectory();
    }

    @Test
    void leavesWhatIsNotItsOwn() throws IOException {
        Files.createDirectories(kubelet);
        Files.writeString(kubelet.resolve("config"), "another's");
        var other = containers.resolve("other.log");
        Files.createSymbolicLink(other, Path.of("/elsewhere"));
        traces().remember();
        nodeRuns();
        traces().remove();
        assertThat(kubelet.resolve("config")).hasContent("another's");
        assertThat(other).isSymbolicLink();
        assertThat(Files.isSymbolicLink(containers.resolve("ours.log"))).isFalse();
    }

    @Test
    void touchesNothingWhereNoNodeStarted() throws IOException {
        nodeRuns();
        traces().remove();
        assertThat(kubelet.resolve("device-plugins/kubelet.sock")).exists();
    }
}
