package dev.paygateway.chaos.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paygateway.chaos.lab.LabFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: what the API server warns of does not get into what is read as data, and is told when the
 * command fails.
 *
 * <p>Method: a command line that answers and warns, as kubectl does.
 */
class KubectlTest {
    private static final String WARNS = "echo 'Warning: v1 Endpoints is deprecated' >&2\n";

    @TempDir private Path scratch;

    private Kubectl kubectl(String script) throws IOException {
        var rights = PosixFilePermissions.fromString("rwx------");
        var file = Files.createFile(scratch.resolve("kubectl"));
        Files.setPosixFilePermissions(file, rights);
        Files.writeString(file, "#!/bin/sh\n" + script);
        return new Kubectl(file, scratch.resolve("config"), scratch.resolve("cache"));
    }

    @Test
    void readsNoWarnings() throws IOException {
        var kubectl = kubectl(WARNS + "echo '{\"items\": []}'\n" + WARNS);
        assertThat(Pod.of(kubectl.run("get", "pods", "-o", "json"))).isEmpty();
    }

    @Test
    void tellsWhatItComplainedOf() throws IOException {
        var kubectl = kubectl("echo 'no such pod' >&2\nexit 1\n");
        assertThatThrownBy(() -> kubectl.run("get", "pod"))
                .isInstanceOf(LabFailure.class)
                .hasMessageContaining("no such pod");
    }
}
