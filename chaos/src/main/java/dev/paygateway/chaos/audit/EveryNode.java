package dev.paygateway.chaos.audit;

import dev.paygateway.chaos.audit.evidence.Database;
import dev.paygateway.chaos.audit.evidence.Dossier;
import dev.paygateway.chaos.audit.evidence.History;
import dev.paygateway.chaos.audit.evidence.Parts;
import dev.paygateway.chaos.audit.judge.Checks;
import dev.paygateway.chaos.audit.judge.Examination;
import dev.paygateway.chaos.audit.judge.Horizon;
import dev.paygateway.chaos.audit.judge.Law;
import dev.paygateway.chaos.audit.judge.Ruling;
import dev.paygateway.chaos.audit.judge.Ruling.Breach;
import dev.paygateway.chaos.audit.nodes.NodeComparison;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The database's other nodes. What the payments were judged on is one node; I18 says that the
 * others are equal to it, and so carries I1 over to them. Only where it fails is I1 held against
 * such a node by itself.
 */
final class EveryNode {
    private final AuditInput input;
    private final Horizon horizon;

    EveryNode(AuditInput input, Horizon horizon) {
        this.input = input;
        this.horizon = horizon;
    }

    void judge(Bench bench) throws SQLException {
        var compared = NodeComparison.of(input.nodes());
        bench.take(compared.ruling());
        for (var node : compared.differing()) {
            bench.take(kept(node));
        }
    }

    private Ruling kept(String node) throws SQLException {
        var address = input.nodes().get(node);
        var breaches = new ArrayList<Breach>();
        try (var parts = Parts.create();
                var database = Database.open(address == null ? input.database() : address)) {
            input.histories().forEach(file -> History.read(file, parts::call));
            parts.expect(database.eventsAbout());
            database.read(parts::row);
            parts.each(
                    assembly -> assembly.dossiers().forEach(it -> breaches.addAll(lost(it, node))));
        }
        return new Ruling(Law.I1, 0, breaches);
    }

    private List<Breach> lost(Dossier dossier, String node) {
        var problems = Checks.ACKNOWLEDGED_IS_KEPT.problems(new Examination(dossier, horizon));
        return problems.isEmpty()
                ? List.of()
                : List.of(
                        new Breach(
                                dossier.subject() + " on node " + node,
                                problems,
                                Timeline.of(dossier)));
    }
}
