package dev.paygateway.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * Goal: the names and defaults of the settings are a promise, and a wrong one never starts.
 *
 * <p>Method: binds each record from properties as the configuration file would.
 */
class SettingsTest {
    @TempDir Path folder = Path.of("");

    @Test
    void databaseHasDefaultsForAllButItsHosts() {
        assertThat(database(Map.of("gateway.database.hosts", "a:3306,b:3307")))
                .isEqualTo(
                        new DatabaseSettings(
                                List.of("a:3306", "b:3307"),
                                "gateway",
                                "gateway-app",
                                4,
                                24,
                                Duration.ofSeconds(30)))
                .extracting(settings -> settings.url("b:3307"))
                .isEqualTo("jdbc:mariadb://b:3307/gateway");
    }

    @Test
    void databaseTakesEveryName() {
        var given =
                database(
                        Map.of(
                                "gateway.database.hosts", "db:1",
                                "gateway.database.name", "pay",
                                "gateway.database.role", "other",
                                "gateway.database.pool-size-min", "2",
                                "gateway.database.pool-size-max", "3",
                                "gateway.database.leak-after", "5s"));
        assertThat(given)
                .isEqualTo(
                        new DatabaseSettings(
                                List.of("db:1"), "pay", "other", 2, 3, Duration.ofSeconds(5)));
    }

    @ParameterizedTest
    @CsvSource({
        "hosts, ''",
        "hosts, localhost",
        "hosts, 'a:1?user=root'",
        "name, 'x/../y'",
        "role, '../sys'",
        "pool-size-max, 0",
        "pool-size-max, 201",
        "pool-size-min, 25",
        "leak-after, 1s"
    })
    void databaseRefusesNonsenseByName(String name, String value) {
        var property = "gateway.database." + name;
        assertThatThrownBy(
                        () -> {
                            var properties = new HashMap<String, String>();
                            properties.put("gateway.database.hosts", "a:1");
                            properties.put(property, value);
                            database(properties);
                        })
                .rootCause()
                .isInstanceOf(StartRefused.class)
                .hasMessageStartingWith(property)
                .hasMessageContaining("Give ");
    }

    @ParameterizedTest
    @CsvSource({"http://a:1", "https://a", "https://a:1/v1", "'a b'", "''"})
    void vaultSpeaksHttpsOnly(String address) {
        assertThatThrownBy(() -> new VaultSettings(address))
                .isInstanceOf(StartRefused.class)
                .hasMessageStartingWith("gateway.vault.address");
        assertThat(new VaultSettings("https://127.0.0.1:8200").address())
                .isEqualTo("https://127.0.0.1:8200");
    }

    @Test
    void tlsNamesTheFileThatIsNotThere() throws IOException {
        assertThatThrownBy(() -> new TlsSettings(""))
                .hasMessageStartingWith("gateway.tls.directory is missing");
        Files.createFile(folder.resolve("ca.pem"));
        assertThatThrownBy(() -> new TlsSettings(folder.toString()))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining(folder.resolve("server.pem").toString());
    }

    @ParameterizedTest
    @CsvSource({"''", "c2VjcmV0c2VjcmV0c2VjcmV0", "vault:v1:short"})
    void fingerprintKeyIsWrapped(String key) {
        assertThatThrownBy(() -> new FingerprintSettings(key))
                .isInstanceOf(StartRefused.class)
                .hasMessageStartingWith("gateway.fingerprint.wrapped-key");
    }

    /** The refusal ends in a log: what was to be a secret is not said there. */
    @Test
    void quotesNoSettingThatMayHoldASecret() {
        var secret = "c2VjcmV0c2VjcmV0c2VjcmV0";
        var user = "gateway:" + secret + "@";
        var hosts = Map.of("gateway.database.hosts", "jdbc:mariadb://" + user + "a:1/gateway");
        for (var start :
                List.<ThrowingCallable>of(
                        () -> new FingerprintSettings(secret),
                        () -> new VaultSettings("http://" + user + "a:1"),
                        () -> database(hosts))) {
            assertThatThrownBy(start)
                    .hasStackTraceContaining("is wrong; its value is not shown")
                    .satisfies(refused ->
                            assertThat(Throwables.getStackTrace(refused)).doesNotContain(secret));
        }
    }

    private static DatabaseSettings database(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("gateway.database", DatabaseSettings.class);
    }
}
