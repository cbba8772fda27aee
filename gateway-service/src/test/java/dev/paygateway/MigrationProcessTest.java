package dev.paygateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.testing.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: whoever deploys learns from the exit code alone whether the schema is ready, or swept.
 *
 * <p>Method: the program as it ships, in a process of its own, with the profile {@code migrate}.
 */
class MigrationProcessTest {
    private static final Sandbox SANDBOX = Sandbox.shared();
    private static final int WAIT_S = 90;

    @TempDir Path folder = Path.of("");

    private record End(int code, String log) {}

    @Test
    void endsWithZeroOnceTheSchemaIsReady() throws Exception {
        var end = migrate(Map.of());
        assertThat(end.code()).as(end.log()).isZero();
        assertThat(end.log()).contains("the schema is at version").doesNotContain("ERROR");
        assertThat(SANDBOX.database().column("SELECT user FROM mysql.user"))
                .noneMatch(user -> user.contains("migrator"));
    }

    @Test
    void endsWithOneAndTheCause() throws Exception {
        var end = migrate(Map.of("gateway.database.role", "gateway-app"));
        assertThat(end.code()).as(end.log()).isEqualTo(1);
        assertThat(end.log()).contains("Vault refuses database/roles/gateway-app: HTTP 403");
    }

    @Test
    void sweepsInPlaceOfMigrating() throws Exception {
        assertThat(migrate(Map.of()).code()).isZero();
        var sweep =
                Map.of(
                        "spring.profiles.active", "sweep",
                        "gateway.vault.address", SANDBOX.vault().agent("gateway-sweeper"),
                        "gateway.database.role", "gateway-sweeper");
        var end = migrate(sweep);
        assertThat(end.code()).as(end.log()).isZero();
        assertThat(end.log()).contains("left-over database users: 0").doesNotContain("ERROR");
    }

    private End migrate(Map<String, String> changes) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-cp", System.getProperty("java.class.path", "")));
        command.add(GatewayApplication.class.getName());
        command.add("--spring.profiles.active=migrate");
        SANDBOX.migratorProperties().forEach((name, value) -> set(command, name, value));
        changes.forEach((name, value) -> set(command, name, value));
        var log = folder.resolve("log");
        var process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            assertThat(process.waitFor(WAIT_S, TimeUnit.SECONDS)).as("it ends by itself").isTrue();
            return new End(process.exitValue(), Files.readString(log));
        } finally {
            process.destroyForcibly();
        }
    }

    private static void set(List<String> command, String name, String value) {
        command.removeIf(each -> each.startsWith("--" + name + "="));
        command.add("--" + name + "=" + value);
    }
}
