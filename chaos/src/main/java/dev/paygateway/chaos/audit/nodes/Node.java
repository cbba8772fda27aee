package dev.paygateway.chaos.audit.nodes;

import com.google.errorprone.annotations.MustBeClosed;
import dev.paygateway.chaos.audit.evidence.BrokenEvidence;
import dev.paygateway.chaos.audit.evidence.Database;
import dev.paygateway.chaos.audit.nodes.TableShape.Range;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One node of the database; each read waits until the node has applied all that was committed. */
final class Node implements AutoCloseable {
    private static final int LOCK_WAIT_TIMEOUT = 1205;

    /** Each waits for as long as the node's {@code repl.causal_read_timeout}, 2 s by our rules. */
    private static final int CATCH_UP_TRIES_MAX = 60;

    private static final String TABLES =
            """
            SELECT TABLE_NAME FROM information_schema.TABLES
            WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE = 'BASE TABLE' ORDER BY TABLE_NAME
            """;

    private static final String COLUMNS =
            """
            SELECT COLUMN_NAME FROM information_schema.COLUMNS
            WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ? ORDER BY ORDINAL_POSITION
            """;

    private static final String KEY =
            """
            SELECT COLUMN_NAME FROM information_schema.STATISTICS
            WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ? AND INDEX_NAME = 'PRIMARY'
            ORDER BY SEQ_IN_INDEX
            """;

    private final String name;
    private final Connection connection;

    @MustBeClosed
    private Node(String name, Connection connection) {
        this.name = name;
        this.connection = connection;
    }

    /** How a range looks: its number of rows, and a digest of them. */
    record Digest(String rows, String left, String right) {}

    @MustBeClosed
    @SuppressWarnings("MustBeClosed") // this owns the connection
    static Node open(String name, Database.Address address) throws SQLException {
        return new Node(name, Database.connect(address));
    }

    String name() {
        return name;
    }

    /** The tables of the schema, by name. */
    Map<String, TableShape> tables() throws SQLException {
        var shapes = new TreeMap<String, TableShape>();
        for (var row : query(TABLES, List.of())) {
            var table = List.of(row.getFirst());
            shapes.put(
                    row.getFirst(),
                    new TableShape(row.getFirst(), column(KEY, table), column(COLUMNS, table)));
        }
        return shapes;
    }

    /** The last key of the next part; nothing if that part is the table's last. */
    Optional<List<String>> boundary(TableShape table, List<String> after, int rows)
            throws SQLException {
        var sql = table.boundary(after.isEmpty(), rows);
        return query(sql, TableShape.binds(after)).stream().findFirst();
    }

    Digest digest(TableShape table, Range range) throws SQLException {
        var row = query(table.digest(range), TableShape.binds(range)).getFirst();
        return new Digest(row.get(0), row.get(1), row.get(2));
    }

    /** The digests of a range's rows by their keys. */
    Map<List<String>, String> rows(TableShape table, Range range, int rowsMax) throws SQLException {
        var rows = new LinkedHashMap<List<String>, String>();
        for (var row : query(table.rows(range, rowsMax), TableShape.binds(range))) {
            rows.put(List.copyOf(row.subList(0, row.size() - 1)), row.getLast());
        }
        return rows;
    }

    /** A digest of each column of one row; nothing if it is not there. */
    Optional<List<String>> row(TableShape table, List<String> key) throws SQLException {
        return query(table.row(), key).stream().findFirst();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private List<String> column(String sql, List<String> binds) throws SQLException {
        return query(sql, binds).stream().map(List::getFirst).toList();
    }

    /** A node that lags says so by a timeout, and is given time; it changes nothing else. */
    private List<List<String>> query(String sql, List<String> binds) throws SQLException {
        for (var tries = 1; ; tries++) {
            try {
                return once(sql, binds);
            } catch (SQLException failure) {
                if (failure.getErrorCode() != LOCK_WAIT_TIMEOUT) {
                    throw failure;
                }
                if (tries == CATCH_UP_TRIES_MAX) {
                    throw new BrokenEvidence(
                            "node " + name + " does not catch up with the others: " + failure);
                }
            }
        }
    }

    private List<List<String>> once(String sql, List<String> binds) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (var index = 0; index < binds.size(); index++) {
                statement.setString(index + 1, binds.get(index));
            }
            try (var rows = statement.executeQuery()) {
                var all = new ArrayList<List<String>>();
                while (rows.next()) {
                    all.add(row(rows));
                }
                return all;
            }
        }
    }

    private static List<String> row(ResultSet rows) throws SQLException {
        var row = new ArrayList<String>();
        for (var column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
            row.add(rows.getString(column));
        }
        return row;
    }
}
