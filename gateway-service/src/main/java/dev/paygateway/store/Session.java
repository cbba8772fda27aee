package dev.paygateway.store;

import com.google.errorprone.annotations.MustBeClosed;
import dev.paygateway.resource.Connections;
import dev.paygateway.resource.HeldConnection;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One connection for one piece of work. It goes back to its pool with no transaction open, or it
 * does not go back.
 */
final class Session implements AutoCloseable {
    /** A text outside of ASCII was compared with a column that holds ASCII alone: no row has it. */
    private static final int ILLEGAL_MIX_OF_COLLATIONS = 1267;

    /** The server ended the statement for its time, and nothing else: the pool rolls back. */
    private static final int OUT_OF_TIME = 1969;

    private final HeldConnection held;
    private final Connection connection;
    private final int networkTimeoutBefore;

    @MustBeClosed
    private Session(HeldConnection held, int networkTimeoutBefore) {
        this.held = held;
        this.connection = held.connection();
        this.networkTimeoutBefore = networkTimeoutBefore;
    }

    /** Waits for a connection; nothing was sent to the database if it fails. */
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // the session owns the connection from here on
    static Session open(Connections connections, Duration timeMax) throws SQLException {
        var held = connections.acquire();
        var connection = held.connection();
        try {
            var before = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, Math.toIntExact(timeMax.toMillis()));
            return new Session(held, before);
        } catch (SQLException broken) {
            discard(connection);
            closeQuietly(held);
            throw broken;
        }
    }

    /** Makes a value of one row. */
    interface Mapper<R> {
        R map(ResultSet row) throws SQLException;
    }

    <R> List<R> read(Query query, Mapper<R> mapper) throws SQLException {
        try (var statement = connection.prepareStatement(query.sql())) {
            bind(statement, query.values());
            var found = new ArrayList<R>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(mapper.map(rows));
                }
            }
            return found;
        } catch (SQLException failure) {
            if (failure.getErrorCode() == ILLEGAL_MIX_OF_COLLATIONS) {
                return List.of();
            }
            if (failure.getErrorCode() != OUT_OF_TIME) {
                discard(connection);
            }
            throw failure;
        }
    }

    /** How a compound statement ended badly. */
    record Failure(SqlFailure kind, SQLException cause) {
        /** For logs and for {@code why}. */
        String words() {
            return "%s (%d, %s: %s)"
                    .formatted(kind, cause.getErrorCode(), cause.getSQLState(), cause.getMessage());
        }
    }

    private enum Progress {
        NOT_SENT,
        SENT,
        DONE
    }

    /** One try to commit; empty: committed. */
    Optional<Failure> write(Compound compound) {
        var progress = Progress.NOT_SENT;
        try (var statement = connection.prepareStatement(compound.sql())) {
            bind(statement, compound.values());
            progress = Progress.SENT;
            statement.executeUpdate();
            progress = Progress.DONE;
            return Optional.empty();
        } catch (SQLException failure) {
            return switch (progress) {
                case DONE ->
                        Optional.empty(); // committed; it was the statement's close that failed
                case SENT -> Optional.of(ended(SqlFailure.of(failure), failure));
                case NOT_SENT -> Optional.of(ended(SqlFailure.NOT_EXECUTED, failure));
            };
        }
    }

    private Failure ended(SqlFailure kind, SQLException failure) {
        switch (kind) {
            // The statement's own handler has rolled back.
            case KEY_TAKEN, REFERENCE_TAKEN, STALE, INVALID -> {}
            // It has too, unless it was the transaction that was killed and not the statement.
            case OWN_PLACE_TAKEN, ROLLED_BACK -> rollBack();
            // A killed statement runs no handler; and another connection may reach another node.
            case NOT_EXECUTED, NO_SESSION, UNKNOWN -> discard(connection);
        }
        return new Failure(kind, failure);
    }

    /** In words: the driver would skip it, not knowing whether a transaction is open. */
    private void rollBack() {
        try (var statement = connection.createStatement()) {
            statement.execute("ROLLBACK");
        } catch (SQLException _) {
            discard(connection);
        }
    }

    private static void bind(PreparedStatement statement, List<@Nullable Object> values)
            throws SQLException {
        for (var i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
        }
    }

    private static void discard(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException _) {
            // the pool finds it broken
        }
    }

    private static void closeQuietly(HeldConnection held) {
        try {
            held.close();
        } catch (SQLException _) {
            // Nothing of it is used again.
        }
    }

    /** Never throws: the work already has its outcome. */
    @Override
    public void close() {
        try {
            connection.setNetworkTimeout(Runnable::run, networkTimeoutBefore);
        } catch (SQLException _) {
            discard(connection);
        }
        closeQuietly(held);
    }
}
