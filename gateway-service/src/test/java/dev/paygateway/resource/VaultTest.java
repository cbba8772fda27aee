package dev.paygateway.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paygateway.testing.Sandbox;
import dev.paygateway.testing.Tls;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Goal: whatever Vault refuses or does not answer stops a start in clear words, and nothing else.
 *
 * <p>Method: real OpenBao behind its agent; the server's process is stopped for an outage.
 */
class VaultTest {
    private static final Sandbox SANDBOX = Sandbox.shared();
    private static final Duration ONE_CALL = Duration.ofSeconds(4);

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

    @Test
    void keepsTheTokenKeysOverAnOutage() {
        var now = new AtomicReference<>(Instant.parse("2026-11-24T00:00:00Z"));
        InstantSource clock = now::get;
        try (var keys = new IdentityKeys(vault, clock, TestParts.IMPATIENT)) {
            var first = keys.current();
            assertThat(first).contains("\"keys\"").contains("ES256");
            SANDBOX.vault().freeze();
            now.updateAndGet(at -> at.plusSeconds(6));
            var began = System.nanoTime();
            assertThat(keys.refreshed()).isEqualTo(first);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(ONE_CALL);
            assertThat(keys.current()).isEqualTo(first);
        }
    }

    @Test
    void seesANewTokenKeyAfterTheGap() {
        var now = new AtomicReference<>(Instant.parse("2026-11-24T00:00:00Z"));
        InstantSource clock = now::get;
        try (var keys = new IdentityKeys(vault, clock, TestParts.IMPATIENT)) {
            var first = keys.current();
            SANDBOX.vault().write("identity/oidc/key/gateway/rotate", Map.of());
            assertThat(keys.refreshed()).as("asked too soon").isEqualTo(first);
            now.updateAndGet(at -> at.plusSeconds(6));
            assertThat(keys.refreshed()).isNotEqualTo(first);
            assertThat(keys.current()).isNotEqualTo(first);
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
