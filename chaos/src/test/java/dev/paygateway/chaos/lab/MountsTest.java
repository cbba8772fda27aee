package dev.paygateway.chaos.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Goal: only what is mounted inside the lab is taken for its own.
 *
 * <p>Method: a table of mounts as the kernel prints it.
 */
final class MountsTest {
    @Test
    void findsWhatIsMountedBelowAFolderAndNothingBeside() {
        var mounts =
                """
                /dev/vda / ext4 rw 0 0
                tmpfs /lab/run/east-database/data tmpfs rw 0 0
                tmpfs /lab/runner tmpfs rw 0 0
                tmpfs /lab/run/east-database/data/deep tmpfs rw 0 0
                """;
        assertThat(Mounts.below(Path.of("/lab/run"), mounts))
                .containsExactly("/lab/run/east-database/data", "/lab/run/east-database/data/deep");
    }
}
