package dev.paygateway.chaos.fault.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Goal: each file of chaos/experiments is one fault that can be read, explained and bounded. */
class ExperimentsTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("experiments");
    private static final int KINDS_LEAST = 20;

    static List<Path> files() throws IOException {
        try (var files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void saysWhatItIsFor(Path file) {
        var manifest = Manifests.one(file);
        assertThat(file.getFileName()).hasToString(manifest.name() + ".yaml");
        for (var annotation : List.of("hypothesis", "evidence", "abort", "budget")) {
            assertThat(manifest.annotations().get("paygateway.dev/" + annotation)).isNotBlank();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void isTheClustersUnlessItIsInTheLabsOwnFolder(Path file) throws IOException {
        var version = file.toString().contains("/lab/") ? Manifests.OURS : Manifests.CHAOS_MESH;
        assertThat(Files.readString(file)).startsWith("apiVersion: " + version + "\n");
    }

    /** Nobody but its page's reader can end a total crash: no seed falls on it. */
    @Test
    void arePlayedByTheSeedsThatFollowEachOther() throws IOException {
        var byChance = files().stream().filter(file -> !file.endsWith("database-all-kill.yaml"));
        var count = files().size() - 1;
        assertThat(LongStream.range(7, 7 + count).mapToObj(seed -> Manifests.chosen(FOLDER, seed)))
                .containsExactlyInAnyOrderElementsOf(byChance.toList());
    }

    @Test
    void areEnough() throws IOException {
        assertThat(files()).hasSizeGreaterThanOrEqualTo(KINDS_LEAST);
    }
}
