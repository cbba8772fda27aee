package dev.paygateway.chaos.audit.nodes;

import dev.paygateway.chaos.audit.evidence.Database;
import dev.paygateway.chaos.audit.judge.Law;
import dev.paygateway.chaos.audit.judge.Ruling;
import dev.paygateway.chaos.audit.judge.Ruling.Breach;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * I18: every node holds the same rows. The first node is compared with each other one, table by
 * table; the server digests, so that no more than a digest a part travels, and memory is bounded.
 */
public final class NodeComparison {
    private final List<Breach> breaches = new ArrayList<>();
    private final Set<String> differing = new TreeSet<>();
    private long rows;

    private NodeComparison() {}

    /**
     * What the comparison found.
     *
     * @param differing names of the nodes that do not hold what the first one holds
     */
    public record Result(Ruling ruling, Set<String> differing) {
        public Result {
            differing = Set.copyOf(differing);
        }
    }

    /**
     * Compares the nodes, the system being at work or at rest.
     *
     * @param nodes two at least, by name, in the order in which they are compared
     * @throws SQLException if one of them cannot be read
     */
    public static Result of(Map<String, Database.Address> nodes) throws SQLException {
        var comparison = new NodeComparison();
        var names = List.copyOf(nodes.keySet());
        try (var first = Node.open(names.getFirst(), address(nodes, names.getFirst()))) {
            for (var name : names.subList(1, names.size())) {
                try (var other = Node.open(name, address(nodes, name))) {
                    comparison.compare(first, other);
                }
            }
        }
        var ruling = new Ruling(Law.I18, comparison.rows, comparison.breaches);
        return new Result(ruling, comparison.differing);
    }

    private static Database.Address address(Map<String, Database.Address> nodes, String name) {
        return Objects.requireNonNull(nodes.get(name), name);
    }

    private void compare(Node first, Node other) throws SQLException {
        var tables = first.tables();
        var others = other.tables();
        var names = new TreeSet<>(tables.keySet());
        names.addAll(others.keySet());
        for (var name : names) {
            var shape = tables.get(name);
            if (shape == null || !shape.equals(others.get(name))) {
                add(other, name, List.of("its columns differ from those on " + first.name()));
            } else if (shape.key().isEmpty()) {
                add(other, name, List.of("it has no primary key: rows cannot be told apart"));
            } else {
                var table = new TableComparison(first, other, shape);
                rows += table.rows();
                table.problems().ifPresent(problems -> add(other, name, problems));
            }
        }
    }

    private void add(Node other, String table, List<String> problems) {
        differing.add(other.name());
        breaches.add(new Breach("table " + table + " on " + other.name(), problems, List.of()));
    }
}
