package dev.paygateway.store;

import dev.paygateway.payment.PaymentId;
import java.sql.Connection;
import java.sql.SQLException;

/** Looks at the rows themselves, past the code under test. */
final class Probe {
    private Probe() {}

    static long count(String select, Object... values) throws SQLException {
        try (var root = TestDatabase.shared().root()) {
            return count(root, select, values);
        }
    }

    static long count(Connection session, String select, Object... values) throws SQLException {
        try (var statement = session.prepareStatement(select)) {
            for (var i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            try (var rows = statement.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }

    /** Changes something as the administrator. */
    static void run(String... statements) throws SQLException {
        try (var root = TestDatabase.shared().root();
                var statement = root.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** A counter of this session. */
    static long status(Connection session, String name) throws SQLException {
        return count(
                session,
                "SELECT VARIABLE_VALUE FROM information_schema.SESSION_STATUS"
                        + " WHERE VARIABLE_NAME = ?",
                name);
    }

    /** The payment's version, if each has one event and one message; else -1. */
    static long wholeVersions(PaymentId id) throws SQLException {
        return count(
                """
                SELECT IF(version = (SELECT COUNT(*) FROM event
                                     WHERE payment_id = payment.id AND seq <= version)
                          AND version = (SELECT COUNT(*) FROM event WHERE payment_id = payment.id)
                          AND version = (SELECT COUNT(*) FROM outbox JOIN event
                                         ON event.id = outbox.event_id AND event.seq = outbox.seq
                                         WHERE outbox.payment_id = payment.id), version, -1)
                FROM payment WHERE id = ?\
                """,
                id.value());
    }
}
