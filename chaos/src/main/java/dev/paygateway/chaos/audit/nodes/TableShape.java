package dev.paygateway.chaos.audit.nodes;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A table as the comparison sees it, and the SQL to walk it in the order of its primary key.
 *
 * @param key the primary key's columns, in their order
 * @param columns all columns, in their order
 */
record TableShape(String name, List<String> key, List<String> columns) {
    TableShape {
        key = List.copyOf(key);
        columns = List.copyOf(columns);
    }

    /** The key that lies that many rows behind {@code after}. */
    String boundary(boolean fromStart, int rows) {
        return "SELECT %s FROM %s WHERE %s ORDER BY %s LIMIT 1 OFFSET %d"
                .formatted(keys(), quoted(name), after(fromStart), keys(), rows - 1);
    }

    /** One line for a whole range: its number of rows, and the digests of all in one. */
    String digest(Range range) {
        return """
        SELECT COUNT(*),
               COALESCE(BIT_XOR(CAST(CONV(LEFT(d, 16), 16, 10) AS UNSIGNED)), 0),
               COALESCE(BIT_XOR(CAST(CONV(SUBSTR(d, 17, 16), 16, 10) AS UNSIGNED)), 0)
        FROM (SELECT %s AS d FROM %s WHERE %s) AS digests
        """
                .formatted(rowDigest(), quoted(name), in(range));
    }

    /** The key and the digest of each row of a range. */
    String rows(Range range, int rowsMax) {
        return "SELECT %s, %s AS d FROM %s WHERE %s ORDER BY %s LIMIT %d"
                .formatted(keys(), rowDigest(), quoted(name), in(range), keys(), rowsMax);
    }

    /** One row by its key, a digest for each column. */
    String row() {
        var digests =
                columns.stream()
                        .map(TableShape::quoted)
                        .map(column ->
                                "COALESCE(SHA1(CAST(%s AS BINARY)), 'null')".formatted(column))
                        .collect(Collectors.joining(", "));
        var equal =
                key.stream()
                        .map(column -> quoted(column) + " = ?")
                        .collect(Collectors.joining(" AND "));
        return "SELECT %s FROM %s WHERE %s".formatted(digests, quoted(name), equal);
    }

    /** What is bound to the marks of a range: each column once as greater, once as equal. */
    static List<String> binds(Range range) {
        return Stream.of(range.after(), range.until())
                .flatMap(limit -> binds(limit).stream())
                .toList();
    }

    static List<String> binds(List<String> limit) {
        return IntStream.range(0, limit.size())
                .boxed()
                .flatMap(count -> limit.subList(0, count + 1).stream())
                .toList();
    }

    private String in(Range range) {
        return after(range.after().isEmpty()) + " AND " + until(range.until().isEmpty());
    }

    private String after(boolean fromStart) {
        return fromStart ? "TRUE" : ordered(">", ">");
    }

    private String until(boolean toEnd) {
        return toEnd ? "TRUE" : ordered("<", "<=");
    }

    /** {@code a < ? OR a = ? AND b <= ?}: the optimizer makes ranges of the primary key of it. */
    private String ordered(String order, String lastOrder) {
        return IntStream.range(0, key.size())
                .mapToObj(count -> term(count, count == key.size() - 1 ? lastOrder : order))
                .collect(Collectors.joining(" OR ", "(", ")"));
    }

    private String term(int equal, String order) {
        return Stream.concat(
                        key.stream().limit(equal).map(it -> quoted(it) + " = ?"),
                        Stream.of(quoted(key.get(equal)) + " " + order + " ?"))
                .collect(Collectors.joining(" AND "));
    }

    /** NULL is told from every text by the flags in front. */
    private String rowDigest() {
        var flags = columns.stream().map(column -> "ISNULL(" + quoted(column) + ")");
        var values =
                columns.stream()
                        .map(column ->
                                "COALESCE(CAST(%s AS BINARY), '')".formatted(quoted(column)));
        return "SHA1(CONCAT_WS(CHAR(0), %s))"
                .formatted(Stream.concat(flags, values).collect(Collectors.joining(", ")));
    }

    private String keys() {
        return key.stream().map(TableShape::quoted).collect(Collectors.joining(", "));
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    /**
     * A part of the table, by keys as text.
     *
     * @param after the last key before it; empty for the table's start
     * @param until its last key; empty for the table's end
     */
    record Range(List<String> after, List<String> until) {
        Range {
            after = List.copyOf(after);
            until = List.copyOf(until);
        }
    }
}
