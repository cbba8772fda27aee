package dev.paygateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.paygateway.testing.Sandbox;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: the whole program starts on a fresh schema, and leaves nothing behind when it is told to
 * end.
 *
 * <p>Method: the program as it ships, in a process of its own, migrated, started and ended by
 * SIGTERM.
 */
class ServiceProcessTest {
    private static final Sandbox SANDBOX = Sandbox.shared();
    private static final Duration START_WAIT = Duration.ofMinutes(2);

    /** The grace of a pod, 25 s, and what a slow machine takes to see the end. */
    private static final int END_WAIT_S = 30;

    private static final int ENDED_BY_SIGTERM = 128 + 15;

    @TempDir Path folder = Path.of("");

    @Test
    void startsAndEndsWithoutATrace() throws Exception {
        var migration = launch(SANDBOX.migratorProperties(), "migrate");
        assertThat(migration.waitFor(START_WAIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(migration.exitValue()).as(log("migrate")).isZero();

        var others = lent(); // of tests that cut a lease off from its owner on purpose
        var otherLeases = leases();
        var service = launch(properties(), "serve");
        try {
            await().atMost(START_WAIT)
                    .until(() -> !service.isAlive() || log("serve").contains("Started "));
            assertThat(service.isAlive()).as(log("serve")).isTrue();
            assertThat(lent()).hasSizeGreaterThan(others.size());
            assertThat(leases()).hasSizeGreaterThan(otherLeases.size());
            service.destroy();
            assertThat(service.waitFor(END_WAIT_S, TimeUnit.SECONDS)).as("it ends").isTrue();
        } finally {
            service.destroyForcibly();
        }
        assertThat(service.exitValue()).isEqualTo(ENDED_BY_SIGTERM);
        assertThat(log("serve"))
                .contains("draining: new requests are refused", "ended; 0 resources open");
        assertThat(log("serve")).doesNotContain("\"level\":\"ERROR\"");
        assertThat(otherLeases).containsAll(leases());
        await().until(() -> others.containsAll(lent()) && others.containsAll(sessions()));
    }

    /** With all that the whole service asks for. */
    static Map<String, String> properties() {
        var properties = new LinkedHashMap<>(SANDBOX.properties());
        properties.put("gateway.acquirers[0].name", "amber");
        properties.put("gateway.acquirers[0].url", "https://127.0.0.1:1");
        properties.put("gateway.tokens.issuers[0]", "https://127.0.0.1:2/v1/identity/oidc");
        properties.put("gateway.tokens.audience", "gateway");
        return properties;
    }

    private static List<String> lent() {
        return SANDBOX.database()
                .column("SELECT user FROM mysql.user WHERE user LIKE 'v-east-app-%'");
    }

    private static List<String> sessions() {
        return SANDBOX.database()
                .column(
                        "SELECT user FROM information_schema.processlist"
                                + " WHERE user LIKE 'v-east-app-%'");
    }

    private static List<String> leases() {
        return SANDBOX.vault().leases("gateway-app");
    }

    private Process launch(Map<String, String> properties, String name) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-cp", productClassPath()));
        command.add(GatewayApplication.class.getName());
        if (name.equals("migrate")) {
            command.add("--spring.profiles.active=migrate");
        }
        properties.forEach((key, value) -> command.add("--" + key + "=" + value));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name).toFile())
                .start();
    }

    private String log(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    /** The tests' own beans are not the product's. */
    private static String productClassPath() {
        return Stream.of(System.getProperty("java.class.path", "").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
