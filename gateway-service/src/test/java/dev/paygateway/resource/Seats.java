package dev.paygateway.resource;

import dev.paygateway.testing.Sandbox;
import java.sql.Connection;
import java.sql.SQLException;

/** Rows to hold, and the view from outside on who holds them. */
final class Seats implements AutoCloseable {
    private static final String TAKE = "UPDATE gateway.seat SET taken = taken + 1 WHERE id = '%s'";
    private static final int LOCK_WAIT_TIMEOUT = 1205;

    private final Sandbox sandbox;

    /** One for each way out, so that none stands in the way of another. */
    Seats(Sandbox sandbox) {
        this.sandbox = sandbox;
        var database = sandbox.database();
        database.execute(
                "CREATE TABLE gateway.seat (id VARCHAR(20) PRIMARY KEY, taken INT NOT NULL)");
        database.execute("GRANT SELECT, UPDATE ON gateway.seat TO gateway_app");
        for (var path : ReleasePath.values()) {
            database.execute("INSERT INTO gateway.seat VALUES ('%s', 0)".formatted(path));
        }
    }

    /** Locks the row until the transaction's end. */
    static void take(Connection session, ReleasePath path) throws SQLException {
        try (var statement = session.createStatement()) {
            statement.executeUpdate(TAKE.formatted(path));
        }
    }

    boolean isFree(ReleasePath path) {
        try (var session = sandbox.database().dba();
                var statement = session.createStatement()) {
            session.setAutoCommit(false);
            statement.execute("SET SESSION innodb_lock_wait_timeout = 0");
            statement.executeUpdate(TAKE.formatted(path));
            session.rollback();
            return true;
        } catch (SQLException failure) {
            if (failure.getErrorCode() == LOCK_WAIT_TIMEOUT) {
                return false;
            }
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        sandbox.database().execute("DROP TABLE gateway.seat");
    }
}
