package dev.paygateway.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.paygateway.resource.Database.Standing;
import dev.paygateway.testing.Sandbox;
import dev.paygateway.testing.Tls;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.ssl.SslBundle;

/**
 * Goal: the service works with the user that Vault lent it, over mutual TLS, and gets another when
 * that one is gone.
 *
 * <p>Method: real MariaDB, OpenBao and agent; a DBA's session outside of all looks and interferes.
 */
class PoolsTest {
    private static final Sandbox SANDBOX = Sandbox.shared();

    static {
        TestParts.openSchema(SANDBOX);
    }

    private static final Duration SOON = Duration.ofSeconds(20);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private TestParts parts = TestParts.of(SANDBOX, meters);
    private Pools pools = new Pools(parts.parts(), TestParts.IMPATIENT);

    @BeforeEach
    void isServing() throws SQLException {
        assertThat(user()).isEqualTo(pools.credential().user());
    }

    @AfterEach
    void giveBack() {
        pools.close();
        parts.close();
    }

    @Test
    void worksAsTheUserThatVaultMade() throws SQLException {
        try (var held = pools.acquire()) {
            var connection = held.connection();
            assertThat(answer(connection, "SELECT CURRENT_USER()")).startsWith("v-east-app-");
            assertThat(answer(connection, "SELECT CURRENT_ROLE()")).isEqualTo("gateway_app");
        }
        assertThat(SANDBOX.database().column("SELECT user FROM mysql.user"))
                .contains(pools.credential().user());
    }

    @Test
    void setsSessionsUpAsTheStoreCountsOn() throws SQLException {
        try (var held = pools.acquire()) {
            var connection = held.connection();
            assertThat(connection.getAutoCommit()).isFalse();
            assertThat(connection.getTransactionIsolation())
                    .isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
            assertThat(answer(connection, "SELECT @@max_statement_time")).startsWith("2.0");
            assertThat(answer(connection, "SELECT @@time_zone")).isEqualTo("+00:00");
            assertThat(answer(connection, "SHOW STATUS LIKE 'Ssl_version'", 2))
                    .startsWith("TLSv1.");
        }
    }

    @Test
    void hasNoRightToChangeTheSchema() throws SQLException {
        try (var held = pools.acquire();
                var statement = held.connection().createStatement();
                var grants = statement.executeQuery("SHOW GRANTS")) {
            while (grants.next()) {
                assertThat(grants.getString(1))
                        .doesNotContainPattern("CREATE|ALTER|DROP|INDEX|TRIGGER|ALL PRIVILEGES");
            }
        }
    }

    @Test
    void theDatabaseRefusesTheUserWithoutTheGatewaysCertificate() {
        var stranger = SANDBOX.vault().issue("machinery", "vault", "stranger.pem");
        try (var strange = TestParts.with(SANDBOX, meters, bundle(stranger))) {
            assertThatThrownBy(() -> strange.look(pools.credential()).close())
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            refused -> assertThat(refused.getErrorCode()).isEqualTo(1045));
        }
    }

    @Test
    void refusesADatabaseOfAnotherAuthority() {
        var foreign = SANDBOX.vault().foreignAuthority();
        var own = SANDBOX.memory().resolve("client.pem");
        try (var strange = TestParts.with(SANDBOX, meters, Tls.mutual(own, foreign))) {
            assertThatThrownBy(() -> strange.look(pools.credential()).close())
                    .isInstanceOf(SQLException.class)
                    .hasStackTraceContaining("PKIX path building failed");
        }
    }

    @Test
    void theDatabaseRefusesACertificateOfAnotherAuthority() {
        var foreign = SANDBOX.vault().foreignClient();
        try (var strange = TestParts.with(SANDBOX, meters, bundle(foreign))) {
            assertThatThrownBy(() -> strange.look(pools.credential()).close())
                    .isInstanceOf(SQLException.class);
        }
    }

    @Test
    void takesAnotherUserWhenTheFirstIsDropped() throws SQLException {
        var first = pools.credential().user();
        SANDBOX.database().execute("DROP USER '%s'@'%%'".formatted(first));
        try (var watch = new DatabaseWatch(pools, parts.parts().logins())) {
            await().atMost(SOON).until(() -> !pools.credential().user().equals(first));
            await().atMost(SOON).until(() -> watch.standing() instanceof Standing.Writable);
        }
        assertThat(user()).isEqualTo(pools.credential().user()).isNotEqualTo(first);
        await().atMost(SOON).until(() -> sessionsOf(first) == 0);
    }

    @Test
    void keepsServingWhileVaultIsAway() throws SQLException {
        var first = pools.credential().user();
        SANDBOX.vault().freeze();
        try {
            pools.suspect(new SQLException("denied", "28000", 1045));
            assertThat(user()).isEqualTo(first);
        } finally {
            SANDBOX.vault().thaw();
        }
    }

    @Test
    void doesNotExchangeForOtherErrors() {
        var first = pools.credential();
        pools.suspect(new SQLException("deadlock", "40001", 1213));
        assertThat(pools.credential()).isSameAs(first);
    }

    @Test
    @SuppressWarnings("OuterScope") // all at once: that is the case
    void waitsForAConnectionNoLongerThanItPromises() throws SQLException {
        var began = System.nanoTime();
        var failedReleases = new ArrayList<Throwable>();
        try (var scope = new Scope(failedReleases::add)) {
            for (var each = 0; each < parts.parts().settings().poolSizeMax(); each++) {
                scope.own(pools::acquire);
            }
            began = System.nanoTime();
            assertThatThrownBy(() -> pools.acquire().close()).isInstanceOf(SQLException.class);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
        assertThat(failedReleases).isEmpty();
    }

    @Test
    void givesTheUserBackAtTheEnd() {
        var user = pools.credential().user();
        pools.close();
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(SANDBOX.database().column("SELECT user FROM mysql.user"))
                                .doesNotContain(user));
    }

    @Test
    void showsHowOldTheCredentialIs() {
        assertThat(meters.get("gateway.credential.left").timeGauge().value(TimeUnit.SECONDS))
                .isBetween(3_500.0, 3_600.0);
        assertThat(meters.get("hikaricp.connections.max").gauge().value()).isEqualTo(6);
    }

    private String user() throws SQLException {
        try (var held = pools.acquire()) {
            var connection = held.connection();
            return answer(connection, "SELECT SUBSTRING_INDEX(CURRENT_USER(),'@',1)");
        }
    }

    private static long sessionsOf(String user) {
        return SANDBOX.database().column("SELECT user FROM information_schema.processlist").stream()
                .filter(user::equals)
                .count();
    }

    private static String answer(Connection connection, String query) throws SQLException {
        return answer(connection, query, 1);
    }

    private static String answer(Connection connection, String query, int column)
            throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            assertThat(row.next()).isTrue();
            return String.valueOf(row.getString(column));
        }
    }

    private static SslBundle bundle(Path certificate) {
        return Tls.mutual(certificate, SANDBOX.memory().resolve(Sandbox.CA));
    }
}
