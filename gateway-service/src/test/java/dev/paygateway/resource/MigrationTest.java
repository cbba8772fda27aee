package dev.paygateway.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paygateway.testing.Sandbox;
import dev.paygateway.testing.Tls;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
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
        SANDBOX.database().execute("UPDATE gateway.flyway_schema_history SET success = 0");
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
