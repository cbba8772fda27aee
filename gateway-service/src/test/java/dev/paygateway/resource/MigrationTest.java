package dev.paygateway.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.paygateway.testing.Sandbox;
import dev.paygateway.testing.Tls;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.DefaultApplicationArguments;

/**
 * Goal: the schema is changed by the migrator's short-lived user alone, and the service starts on
 * no other schema than the one it needs.
 *
 * <p>Method: real MariaDB, OpenBao and two agents; a sample migration and an emptied schema.
 */
class MigrationTest {
    private static final Sandbox SANDBOX = Sandbox.shared();

    static {
        TestParts.openSchema(SANDBOX);
    }

    private static final String SAMPLE = "db/sample";
    private static final Duration TURN = Duration.ofMinutes(1);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TestParts migrator =
            TestParts.with(
                    SANDBOX,
                    meters,
                    Tls.mutual(
                            SANDBOX.memory().resolve("client.pem"),
                            SANDBOX.memory().resolve(Sandbox.CA)),
                    "gateway-migrator",
                    "gateway-migrator");
    private final TestParts service = TestParts.of(SANDBOX, meters);
    private final Pools pools = new Pools(service.parts(), TestParts.IMPATIENT);

    @BeforeEach
    void emptySchema() {
        for (var table : tables()) {
            SANDBOX.database().execute("DROP TABLE gateway.`" + table + "`");
        }
    }

    @AfterEach
    void giveBack() {
        pools.close();
        service.close();
        migrator.close();
    }

    @Test
    void bringsTheSchemaUpToDateAndGivesTheUserBack() {
        migrate(SAMPLE);
        assertThat(tables()).contains("sample", "flyway_schema_history");
        assertThat(SANDBOX.database().column("SELECT user FROM mysql.user"))
                .noneMatch(user -> user.contains("migrator"));
        assertThatCode(() -> check(SAMPLE)).doesNotThrowAnyException();
    }

    @Test
    void refusesToStartBeforeTheFirstMigration() {
        SANDBOX.database().execute("REVOKE ALL PRIVILEGES, GRANT OPTION FROM gateway_app");
        try {
            assertThatThrownBy(() -> new Pools(service.parts(), TestParts.IMPATIENT).close())
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("no right on the schema gateway")
                    .hasMessageContaining("spring.profiles.active=migrate");
        } finally {
            TestParts.openSchema(SANDBOX);
        }
    }

    @Test
    void refusesToStartWithoutAHistory() {
        assertThatThrownBy(() -> check(SAMPLE))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("spring.profiles.active=migrate");
    }

    @Test
    void refusesToStartOnAnOlderSchema() {
        migrate(SAMPLE);
        SANDBOX.database().execute("UPDATE gateway.flyway_schema_history SET version = '0.9'");
        assertThatThrownBy(() -> check(SAMPLE))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("at version 0.9 and this build needs 1");
    }

    @Test
    void refusesToStartAfterAFailedMigration() {
        migrate(SAMPLE);
        SANDBOX.database()
                .execute(
                        "UPDATE gateway.flyway_schema_history SET success = 0 WHERE version = '1'");
        assertThatThrownBy(() -> check(SAMPLE))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("migration 1 of the schema has failed");
    }

    @Test
    void startsOnANewerSchema() {
        migrate(SAMPLE);
        SANDBOX.database().execute("UPDATE gateway.flyway_schema_history SET version = '2'");
        assertThatCode(() -> check(SAMPLE)).doesNotThrowAnyException();
    }

    @Test
    void saysWhatFailedInAMigration() {
        assertThatThrownBy(() -> migrate("db/broken"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("no_such_table");
        SANDBOX.database().execute("DELETE FROM gateway.flyway_schema_history");
    }

    @Test
    void waitsForItsTurn() throws Exception {
        TestParts.makeLeases(SANDBOX);
        var migration = new FutureTask<Void>(() -> migrate(SAMPLE), null);
        try (var _ = TestParts.leases(SANDBOX).take(Migration.LEASE, TURN, Duration.ZERO)) {
            Thread.ofVirtual().start(migration);
            var waits =
                    "SELECT User FROM information_schema.PROCESSLIST WHERE User LIKE 'v-%migr%'";
            await().atMost(TURN).until(() -> !SANDBOX.database().column(waits).isEmpty());
            assertThat(tables()).containsExactly("lease");
        }
        migration.get(TURN.toSeconds(), TimeUnit.SECONDS);
        assertThat(tables()).contains("sample");
    }

    @Test
    void doesNothingMoreOnceAnotherHasItsLease() {
        assertThatThrownBy(() -> migrate("db/stolen"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("the lease migration");
        assertThat(tables()).contains("before_the_theft").doesNotContain("after_the_theft");
    }

    @Test
    void theMigrationsOwnLeaseIsGivenBack() {
        migrate(SAMPLE);
        assertThat(SANDBOX.database().column("SELECT lease_until FROM gateway.lease"))
                .singleElement()
                .isNull();
        migrate(SAMPLE);
        assertThat(SANDBOX.database().column("SELECT fence FROM gateway.lease"))
                .containsExactly("2");
    }

    private void migrate(String location) {
        new Migration(migrator.parts(), TestParts.IMPATIENT, location)
                .run(new DefaultApplicationArguments());
    }

    private void check(String location) {
        new SchemaCheck(pools, location).run();
    }

    private static List<String> tables() {
        return SANDBOX.database()
                .column(
                        "SELECT table_name FROM information_schema.tables"
                                + " WHERE table_schema = 'gateway'");
    }
}
