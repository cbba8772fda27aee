package dev.paygateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paygateway.payment.Decision;
import dev.paygateway.payment.Store.Commit;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Goal: the database refuses by itself what must never be, and the service's role what it never
 * does.
 *
 * <p>Method: the migration runs as the migrator; then rows are broken by hand, as administrator and
 * as the service.
 */
class SchemaTest {
    private static final TestDatabase DATABASE = TestDatabase.shared();
    private static final List<String> TABLES =
            List.of("event", "idempotency", "operation", "outbox", "payment", "region_traffic");

    @Test
    void givesTheServiceNothingButRows() throws SQLException {
        var grants = new ArrayList<String>();
        try (var root = DATABASE.root();
                var statement = root.createStatement();
                var rows = statement.executeQuery("SHOW GRANTS FOR gateway_app")) {
            while (rows.next()) {
                grants.add(rows.getString(1));
            }
        }
        assertThat(grants)
                .containsExactlyInAnyOrder(
                        "GRANT USAGE ON *.* TO `gateway_app`",
                        "GRANT SELECT, INSERT ON `gateway`.`event` TO `gateway_app`",
                        "GRANT SELECT ON `gateway`.`flyway_schema_history` TO `gateway_app`",
                        "GRANT SELECT, INSERT, UPDATE ON `gateway`.`idempotency` TO `gateway_app`",
                        "GRANT SELECT, INSERT, UPDATE ON `gateway`.`operation` TO `gateway_app`",
                        "GRANT SELECT, INSERT, UPDATE ON `gateway`.`outbox` TO `gateway_app`",
                        "GRANT SELECT, INSERT, UPDATE ON `gateway`.`payment` TO `gateway_app`",
                        "GRANT SELECT, INSERT, UPDATE ON `gateway`.`region_traffic` TO"
                                + " `gateway_app`");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE event SET type = 'x'",
                "DELETE FROM event",
                "DELETE FROM payment",
                "DELETE FROM idempotency",
                "CREATE TABLE mine (id INT PRIMARY KEY)",
                "ALTER TABLE payment ADD COLUMN mine INT",
                "DROP TABLE outbox",
                "TRUNCATE TABLE outbox",
                "DELETE FROM flyway_schema_history",
            })
    void refusesTheServiceWhatItNeverDoes(String sql) throws SQLException {
        try (var service = DATABASE.app().acquire()) {
            assertThatThrownBy(() -> run(service.connection(), sql)).hasMessageContaining("denied");
        }
    }

    @Test
    void givesEachTableAPrimaryKeyAndAnEngineThatGaleraKnows() throws SQLException {
        for (var table : TABLES) {
            assertThat(
                            Probe.count(
                                    """
                                    SELECT COUNT(*) FROM information_schema.TABLES JOIN
                                        information_schema.TABLE_CONSTRAINTS
                                        USING (TABLE_SCHEMA, TABLE_NAME)
                                    WHERE TABLE_SCHEMA = 'gateway' AND TABLE_NAME = ?
                                        AND ENGINE = 'InnoDB' AND CONSTRAINT_TYPE = 'PRIMARY KEY'
                                    """,
                                    table))
                    .as(table)
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "refunded = -1",
                "refund_pending = -1",
                "refunded = captured + 1",
                "refunded = captured, refund_pending = 1",
                "capture_pending = -1",
                "capture_pending = 1",
                "authorized = captured - 1",
                "captured = authorized + 1",
                "authorized = amount + 1",
                "amount = 0",
                "status = 'paid'",
                "mode = 'demo'",
                "live_reference = 'another'",
                "status = 'failed'",
                "decline_code = 'alone'",
                "version = 0",
            })
    void refusesAPaymentThatCannotBe(String change) throws SQLException {
        var end = captured();
        var sql = "UPDATE payment SET " + change + " WHERE id = '" + end.after().id() + "'";
        assertThatThrownBy(() -> Probe.run(sql)).hasMessageContaining("CONSTRAINT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE operation SET state = 'lost'",
                "UPDATE operation SET kind = 'refund'",
                "UPDATE operation SET lease_owner = 'nobody'",
                "UPDATE operation SET amount = -1",
                "UPDATE event SET seq = 0",
                "UPDATE event SET refunded = captured + 1",
                "UPDATE event SET previous_status = NULL",
                "UPDATE idempotency SET status = 503",
                "UPDATE idempotency SET body = NULL",
            })
    void refusesARowThatCannotBe(String update) throws SQLException {
        var payment = captured().after().id();
        var sql = update + " WHERE payment_id = '" + payment + "'";
        assertThatThrownBy(() -> Probe.run(sql)).hasMessageContaining("CONSTRAINT");
    }

    @Test
    void takesNoSecondEventForAVersion() throws SQLException {
        var payment = captured().after().id();
        var sql =
                "INSERT INTO event SELECT payment_id, seq, CONCAT(id, 'x'), type, previous_status,"
                        + " status, operation_id, authorized, captured, capture_pending, refunded,"
                        + " refund_pending, snapshot, created_at FROM event WHERE payment_id = '"
                        + payment
                        + "'";
        assertThatThrownBy(() -> Probe.run(sql)).hasMessageContaining("Duplicate");
    }

    private static Decision captured() {
        var store = new SqlStore(DATABASE.app(), new Samples.Words(), new RealTime());
        var pay = Samples.pay(Samples.merchant(), "key-1");
        assertThat(store.commit(pay)).isEqualTo(new Commit.Done());
        var end = Samples.captured(pay.after(), pay.started().orElseThrow());
        assertThat(store.commit(end)).isEqualTo(new Commit.Done());
        return end;
    }

    private static void run(Connection session, String sql) throws SQLException {
        try (var statement = session.createStatement()) {
            statement.execute(sql);
        }
    }
}
