package dev.paygateway.chaos.audit.evidence;

import com.google.errorprone.annotations.MustBeClosed;
import dev.paygateway.chaos.audit.evidence.Row.Amounts;
import dev.paygateway.chaos.audit.evidence.Row.ScopedKey;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Reads the gateway's database with the auditor's rights: SELECT only, in one snapshot, streamed.
 */
public final class Database implements AutoCloseable {
    /** Rows on their way from the server at a time; the result sets are never held whole. */
    private static final int FETCH_ROWS = 1_000;

    private static final String OPEN_WORK =
            """
            SELECT (SELECT COUNT(*) FROM payment WHERE status IN ('processing', 'unknown'))
                 + (SELECT COUNT(*) FROM operation WHERE state IN ('sent', 'unknown'))
            """;

    private static final String PAYMENTS =
            """
            SELECT id, merchant_id, mode, idempotency_key, reference, status, capture_mode,
                   card_last4, currency, amount, authorized, captured, capture_pending, refunded,
                   refund_pending, version, created_at, updated_at
            FROM payment
            """;

    private static final String OPERATIONS =
            """
            SELECT id, payment_id, resource_id, kind, state, amount, currency, final, target, acquirer,
                   merchant_id, mode, idempotency_key, created_at, updated_at
            FROM operation
            """;

    private static final String EVENTS =
            """
            SELECT payment_id, seq, type, previous_status, status, operation_id, authorized, captured,
                   capture_pending, refunded, refund_pending, created_at
            FROM event ORDER BY payment_id, seq
            """;

    private static final String OUTBOX = "SELECT payment_id, seq, created_at FROM outbox";

    private static final String KEYS =
            """
            SELECT merchant_id, mode, idem_key, payment_id, operation_id, status,
                   SHA2(body, 256) AS body_sha256, created_at
            FROM idempotency
            """;

    private static final String EVENTS_ABOUT =
            """
            SELECT TABLE_ROWS FROM information_schema.TABLES
            WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'event'
            """;

    private final Connection connection;

    @MustBeClosed
    private Database(Connection connection) {
        this.connection = connection;
    }

    /**
     * Where the database is and who asks.
     *
     * @param url {@code jdbc:mariadb://...}, with its TLS settings
     */
    public record Address(String url, String user, String password) {
        @Override
        public String toString() {
            return url + " as " + user;
        }
    }

    @MustBeClosed
    @SuppressWarnings("MustBeClosed") // the driver's method is not annotated; this owns it
    public static Database open(Address address) throws SQLException {
        return new Database(connect(address));
    }

    /**
     * A session whose reads wait, on a node of a cluster, for all that was committed before.
     *
     * @throws SQLException also if the node is no part of the cluster's majority
     */
    @MustBeClosed
    @SuppressWarnings("MustBeClosed") // the driver's method is not annotated; the caller owns it
    public static Connection connect(Address address) throws SQLException {
        var connection =
                DriverManager.getConnection(address.url(), address.user(), address.password());
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SHOW VARIABLES LIKE 'wsrep_on'")) {
            if (rows.next() && rows.getString(2).equals("ON")) {
                statement.execute("SET SESSION wsrep_sync_wait = 1");
            }
            return connection;
        } catch (SQLException failure) {
            connection.close();
            throw failure;
        }
    }

    /** How many payments and operations have no final state yet. */
    public long openWork() throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(OPEN_WORK)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** About how many events there are, by the server's own statistics. */
    public long eventsAbout() throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(EVENTS_ABOUT)) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    /**
     * Hands over every row as it stood at one moment, and tells that moment by the server's clock.
     *
     * @throws BrokenEvidence if a column holds a word that api.md does not know
     */
    public Instant read(Consumer<Row> sink) throws SQLException {
        execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
        execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
        try {
            var at = now();
            var pool = Pool.ofPassing();
            stream(PAYMENTS, row -> payment(new Columns(row, pool)), sink);
            stream(OPERATIONS, row -> operation(new Columns(row, pool)), sink);
            stream(EVENTS, row -> event(new Columns(row, pool)), sink);
            stream(OUTBOX, row -> outbox(new Columns(row, pool)), sink);
            stream(KEYS, row -> key(new Columns(row, pool)), sink);
            return at;
        } finally {
            execute("ROLLBACK");
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private interface Reader {
        Row read(ResultSet row) throws SQLException;
    }

    private void stream(String sql, Reader reader, Consumer<Row> sink) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.setFetchSize(FETCH_ROWS);
            try (var rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    sink.accept(reader.read(rows));
                }
            }
        }
    }

    private Instant now() throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT UTC_TIMESTAMP(3)")) {
            rows.next();
            return rows.getObject(1, LocalDateTime.class).toInstant(ZoneOffset.UTC);
        }
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Row payment(Columns row) throws SQLException {
        return new Row.Payment(
                row.text("id"),
                row.key("idempotency_key").orElseThrow(),
                row.maybeText("reference").orElse(""),
                row.word(PaymentStatus.class, "status"),
                row.text("capture_mode").equals("automatic"),
                row.text("card_last4"),
                row.text("currency"),
                row.number("amount"),
                row.amounts(),
                row.number("version"),
                row.time("created_at"),
                row.time("updated_at"));
    }

    private static Row operation(Columns row) throws SQLException {
        return new Row.Operation(
                row.text("id"),
                row.text("payment_id"),
                row.maybeText("resource_id"),
                row.word(Row.Operation.Kind.class, "kind"),
                row.word(Row.Operation.State.class, "state"),
                row.number("amount"),
                row.maybeText("currency").orElse(""),
                row.flag("final"),
                row.maybeText("target"),
                row.maybeText("acquirer"),
                row.text("merchant_id"),
                row.key("idempotency_key"),
                row.time("created_at"),
                row.time("updated_at"));
    }

    private static Row event(Columns row) throws SQLException {
        return new Row.Event(
                row.text("payment_id"),
                row.number("seq"),
                row.text("type"),
                row.maybeWord(PaymentStatus.class, "previous_status"),
                row.word(PaymentStatus.class, "status"),
                row.maybeText("operation_id").orElse(""),
                row.amounts(),
                row.time("created_at"));
    }

    private static Row outbox(Columns row) throws SQLException {
        return new Row.Outbox(row.text("payment_id"), row.number("seq"), row.time("created_at"));
    }

    private static Row key(Columns row) throws SQLException {
        return new Row.Key(
                row.key("idem_key").orElseThrow(),
                row.text("payment_id"),
                row.maybeText("operation_id").orElse(""),
                row.maybeNumber("status"),
                row.maybeText("body_sha256"),
                row.time("created_at"));
    }

    /** The columns of the row that the result set stands on. */
    private record Columns(ResultSet row, Pool pool) {
        String text(String column) throws SQLException {
            return maybeText(column).orElseThrow(() -> new BrokenEvidence(column + " is NULL"));
        }

        Optional<String> maybeText(String column) throws SQLException {
            return Optional.ofNullable(row.getString(column)).map(pool::same);
        }

        long number(String column) throws SQLException {
            return row.getLong(column);
        }

        OptionalLong maybeNumber(String column) throws SQLException {
            var value = row.getLong(column);
            return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
        }

        boolean flag(String column) throws SQLException {
            return row.getBoolean(column);
        }

        Instant time(String column) throws SQLException {
            return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
        }

        <E extends Enum<E>> E word(Class<E> words, String column) throws SQLException {
            return Words.parse(words, text(column), "column " + column);
        }

        <E extends Enum<E>> Optional<E> maybeWord(Class<E> words, String column)
                throws SQLException {
            return maybeText(column).map(text -> Words.parse(words, text, "column " + column));
        }

        Optional<ScopedKey> key(String column) throws SQLException {
            var key = maybeText(column);
            return key.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new ScopedKey(text("merchant_id"), text("mode"), key.get()));
        }

        Amounts amounts() throws SQLException {
            return new Amounts(
                    number("authorized"),
                    number("captured"),
                    number("capture_pending"),
                    number("refunded"),
                    number("refund_pending"));
        }
    }
}
