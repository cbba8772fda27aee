package dev.paygateway.chaos.audit.nodes;

import dev.paygateway.chaos.audit.nodes.TableShape.Range;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One table on two nodes, part by part along its primary key.
 *
 * <p>The system may be at work. A part whose digests differ is read row by row from the first node,
 * from the other, and from the first again, each read waiting for all that was committed before it.
 * A row that the first node shows twice in the same way stood so in between, for no row ever
 * returns to what it was; if the other node showed it differently, then the nodes differ. A row
 * that changed meanwhile proves nothing and is left to the next audit.
 */
final class TableComparison {
    private static final int PART_ROWS = 10_000;

    /** Rows of one part that are looked at one by one; a node that lost a table has many. */
    private static final int ROWS_MAX = 3 * PART_ROWS;

    private static final int NAMED_MAX = 10;

    private final Node first;
    private final Node other;
    private final TableShape table;
    private final List<String> named = new ArrayList<>();
    private long rows;
    private long differing;

    TableComparison(Node first, Node other, TableShape table) throws SQLException {
        this.first = first;
        this.other = other;
        this.table = table;
        walk();
    }

    /** How many rows the first node has. */
    long rows() {
        return rows;
    }

    Optional<List<String>> problems() {
        if (differing == 0) {
            return Optional.empty();
        }
        var problems = new ArrayList<>(named);
        if (differing > named.size()) {
            problems.add("... and " + (differing - named.size()) + " more");
        }
        return Optional.of(problems);
    }

    private void walk() throws SQLException {
        List<String> after = List.of();
        for (var more = true; more; ) {
            var boundary = first.boundary(table, after, PART_ROWS);
            compare(new Range(after, boundary.orElse(List.of())));
            after = boundary.orElse(after);
            more = boundary.isPresent();
        }
    }

    private void compare(Range range) throws SQLException {
        var expected = first.digest(table, range);
        rows += Long.parseLong(expected.rows());
        if (!expected.equals(other.digest(table, range))) {
            compareRows(range);
        }
    }

    private void compareRows(Range range) throws SQLException {
        var before = first.rows(table, range, ROWS_MAX);
        var found = other.rows(table, range, ROWS_MAX);
        var after = first.rows(table, range, ROWS_MAX);
        var keys = new LinkedHashSet<>(before.keySet());
        keys.addAll(found.keySet());
        for (var key : keys) {
            if (isSame(before, after, key) && !isSame(before, found, key)) {
                differ(key, before.containsKey(key), found.containsKey(key));
            }
        }
    }

    private static boolean isSame(
            Map<List<String>, String> one, Map<List<String>, String> two, List<String> key) {
        return Optional.ofNullable(one.get(key)).equals(Optional.ofNullable(two.get(key)));
    }

    private void differ(List<String> key, boolean expected, boolean found) throws SQLException {
        differing++;
        if (named.size() < NAMED_MAX) {
            named.add(name(key) + ": " + difference(key, expected, found));
        }
    }

    private String difference(List<String> key, boolean expected, boolean found)
            throws SQLException {
        if (!found) {
            return "only on " + first.name();
        }
        return expected ? "differs in " + differingColumns(key) : "only on " + other.name();
    }

    private List<String> differingColumns(List<String> key) throws SQLException {
        var ours = first.row(table, key).orElse(List.of());
        var theirs = other.row(table, key).orElse(List.of());
        return IntStream.range(0, Math.min(ours.size(), theirs.size()))
                .filter(column -> !ours.get(column).equals(theirs.get(column)))
                .mapToObj(table.columns()::get)
                .toList();
    }

    private String name(List<String> key) {
        return IntStream.range(0, key.size())
                .mapToObj(column -> table.key().get(column) + " " + key.get(column))
                .toList()
                .toString();
    }
}
