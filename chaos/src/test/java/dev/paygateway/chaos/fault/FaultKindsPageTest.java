package dev.paygateway.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Goal: the page in docs/generated says what the parser and the drivers go by. */
class FaultKindsPageTest {
    private static final Path BASE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();

    @Test
    void isAsCommitted() throws IOException {
        var committed = BASE.resolveSibling("docs/generated/fault-kinds.md");
        if (Boolean.getBoolean("generated.update")) {
            Files.writeString(committed, KindsCommand.page());
        }
        assertThat(Files.exists(committed) ? Files.readString(committed) : "")
                .as(
                        "%s is stale; take it over with ./mvnw -Pquick -pl chaos -am test"
                                + " -Dtest=FaultKindsPageTest -Dgenerated.update=true",
                        committed)
                .isEqualTo(KindsCommand.page());
    }
}
