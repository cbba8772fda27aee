package dev.paygateway.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.paygateway.testing.Sandbox;
import dev.paygateway.testing.Tls;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Goal: whatever Vault refuses or does not answer stops a start in clear words, and nothing else.
 *
 * <p>Method: real OpenBao behind its agent; the server's process is stopped for an outage.
 */
class VaultTest {
    private static final Sandbox SANDBOX = Sandbox.shared();
    private static final Duration AT_ONCE = Duration.ofMillis(100);

    /** The gap between two looks, one look that fails, and what slow cores take. */
    private static final Duration LOOK = Duration.ofSeconds(15);

    private final TestParts parts = TestParts.of(SANDBOX, new SimpleMeterRegistry());
    private final Vault vault = parts.parts().vault();

    @AfterEach
    void giveBack() {
        SANDBOX.vault().thaw();
        parts.close();
    }

    @Test
    void knowsHowLongARoleLends() {
        assertThat(vault.leaseLifeMax("gateway-app")).isEqualTo(Duration.ofHours(4));
    }

    @Test
    void refusesARoleThatLendsForTooLong() {
        var role = new HashMap<>(SANDBOX.vault().read("database/roles/gateway-app"));
        try {
            SANDBOX.vault().write("database/roles/gateway-app", with(role, "max_ttl", 14_401));
            assertThatThrownBy(() -> vault.leaseLifeMax("gateway-app"))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("14401 s")
                    .hasMessageContaining("max_ttl to 4h or less");
        } finally {
            SANDBOX.vault().write("database/roles/gateway-app", with(role, "max_ttl", 14_400));
        }
    }

    @Test
    void saysThatItsTokenMayNotUseTheRole() {
        assertThatThrownBy(() -> vault.leaseLifeMax("gateway-migrator"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("database/roles/gateway-migrator")
                .hasMessageContaining("403");
    }

    @Test
    void unwrapsTheFingerprintKey() {
        var wrapped = SANDBOX.properties().get("gateway.fingerprint.wrapped-key");
        assertThat(vault.unwrap(String.valueOf(wrapped))).hasSize(32);
        assertThatThrownBy(() -> vault.unwrap("vault:v1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("400");
    }

    @Test
    void theAgentRefusesStrangers() {
        var foreign = SANDBOX.vault().foreignClient();
        var ca = SANDBOX.memory().resolve(Sandbox.CA);
        var meters = new SimpleMeterRegistry();
        try (var strange = TestParts.with(SANDBOX, meters, Tls.mutual(foreign, ca))) {
            assertThatThrownBy(() -> strange.parts().vault().identityKeys())
                    .isInstanceOf(Patience.NotYet.class);
        }
    }

    /** Whoever asks is a payment's thread. */
    @Test
    void nobodyWaitsForTheTokenKeysInAnOutage() {
        try (var keys = new IdentityKeys(vault, TestParts.IMPATIENT)) {
            var first = keys.current();
            assertThat(first).contains("\"keys\"").contains("ES256");
            SANDBOX.vault().freeze();
            var began = System.nanoTime();
            keys.refresh();
            assertThat(keys.current()).isEqualTo(first);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(AT_ONCE);
        }
    }

    @Test
    void keepsTheTokenKeysOverAnOutageAndTakesUpANewOneAfterIt() {
        try (var keys = new IdentityKeys(vault, TestParts.IMPATIENT)) {
            var first = keys.current();
            var log = new ListAppender<ILoggingEvent>();
            log.start();
            ((Logger) LoggerFactory.getLogger(IdentityKeys.class)).addAppender(log);
            SANDBOX.vault().freeze();
            keys.refresh();
            await().atMost(LOOK).until(() -> !log.list.isEmpty());
            log.stop();
            assertThat(log.list.getFirst().getFormattedMessage()).startsWith("keeping the token");
            assertThat(keys.current()).isEqualTo(first);
            SANDBOX.vault().thaw();
            SANDBOX.vault().write("identity/oidc/key/gateway/rotate", Map.of());
            keys.refresh();
            await().atMost(LOOK).until(() -> !keys.current().equals(first));
        }
    }

    /** A token of a region that is gone is verified with the copy of its keys. */
    @Test
    void addsTheCopiesOfOtherRegionsTokenKeys() {
        assertThat(vault.identityKeys()).doesNotContain("north-1");
        var key = Map.of("kty", "EC", "kid", "north-1");
        SANDBOX.vault().write("token-keys/north", Map.of("keys", List.of(key)));
        try {
            assertThat(vault.identityKeys()).contains("north-1").contains("ES256");
        } finally {
            SANDBOX.vault().write("token-keys/north", Map.of("keys", List.of()));
        }
    }

    @Test
    void gaveUpWithNameAndRemedyWhenVaultStaysAway() {
        SANDBOX.vault().freeze();
        assertThatThrownBy(() -> new Pools(parts.parts(), TestParts.IMPATIENT).close())
                .isInstanceOf(StartRefused.class)
                .hasMessageStartingWith("Vault at gateway.vault.address")
                .hasMessageContaining("unseal Vault");
    }

    private static Map<String, Object> with(Map<String, Object> role, String name, Object value) {
        var changed = new HashMap<>(role);
        changed.put(name, value);
        return changed;
    }
}
