package dev.paygateway.chaos.audit;

import static org.assertj.core.api.Assertions.assertThat;

import ch.vorburger.exec.ManagedProcessException;
import dev.paygateway.chaos.audit.evidence.Database;
import dev.paygateway.chaos.audit.judge.Law;
import dev.paygateway.chaos.audit.judge.Ruling.Breach;
import dev.paygateway.chaos.audit.nodes.NodeComparison;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: a row that one node lacks, has beyond the others or holds differently is found and named,
 * wherever in the table it stands, and an acknowledged payment that a node lost is I1 there.
 *
 * <p>Method: two schemas of one real MariaDB stand for two nodes; one statement breaks one of them.
 */
class NodesTest {
    private static final int MANY = 25_000;

    @TempDir static Path server;
    private static AuditedDatabase database;

    @TempDir Path folder;
    private Connection east;
    private Connection north;
    private Tables northern;
    private AuditInput input;

    @BeforeAll
    static void start() throws ManagedProcessException, IOException, SQLException {
        database = AuditedDatabase.start(server);
    }

    @AfterAll
    static void stop() throws ManagedProcessException {
        database.stop();
    }

    @BeforeEach
    void fillBoth() throws SQLException, IOException {
        var world = World.consistent();
        east = database.connect();
        north = database.connect("north");
        northern = new Tables(north);
        for (var tables : List.of(new Tables(east), northern)) {
            tables.clear();
            tables.fill(world);
        }
        input =
                AuditInput.of(
                                List.of(Papers.history(world, folder)),
                                Papers.books(world, folder),
                                database.address())
                        .nodes(nodes())
                        .build();
    }

    @AfterEach
    void disconnect() throws SQLException {
        east.close();
        north.close();
    }

    private static Map<String, Database.Address> nodes() {
        var nodes = new LinkedHashMap<String, Database.Address>();
        nodes.put("east", database.address());
        nodes.put("north", database.address("north"));
        return nodes;
    }

    private static List<Breach> compare() throws SQLException {
        return NodeComparison.of(nodes()).ruling().breaches();
    }

    private static String only() throws SQLException {
        var breaches = compare();
        assertThat(breaches).hasSize(1);
        return breaches.getFirst().subject() + ": " + breaches.getFirst().problems();
    }

    @Test
    void equalNodesPass() throws SQLException, InterruptedException {
        var verdict = new Audit(InstantSource.system(), _ -> {}).run(input);
        assertThat(verdict.violations()).isEmpty();
        assertThat(verdict.notYet()).doesNotContainKey(Law.I18);
        assertThat(verdict.tallies())
                .filteredOn(tally -> tally.law() == Law.I18)
                .allMatch(tally -> tally.subjects() > 50);
    }

    @Test
    void aRowThatOneNodeLostIsNamed() throws SQLException {
        northern.execute("DELETE FROM event WHERE payment_id = 'pay_sale' AND seq = 2");
        assertThat(only())
                .isEqualTo("table event on north: [[payment_id pay_sale, seq 2]: only on east]");
    }

    @Test
    void aRowThatOneNodeHasAloneIsNamed() throws SQLException {
        new Tables(east).execute("DELETE FROM idempotency WHERE idem_key = 'run-sale'");
        assertThat(only())
                .contains("table idempotency on north", "idem_key run-sale]: only on north");
    }

    @Test
    void theColumnThatDiffersIsNamed() throws SQLException {
        northern.execute("UPDATE payment SET refunded = 501 WHERE id = 'pay_sale'");
        assertThat(only())
                .isEqualTo("table payment on north: [[id pay_sale]: differs in [refunded]]");
    }

    @Test
    void nothingIsNotTheEmptyText() throws SQLException {
        new Tables(east).execute("UPDATE operation SET reason = '' WHERE id = 'op_sale_0'");
        assertThat(only()).contains("[id op_sale_0]: differs in [reason]");
    }

    @Test
    void aTableOfOtherShapeIsNamed() throws SQLException {
        northern.execute("ALTER TABLE outbox ADD COLUMN extra INT NULL");
        try {
            assertThat(only()).startsWith("table outbox on north: [its columns differ");
        } finally {
            northern.execute("ALTER TABLE outbox DROP COLUMN extra");
        }
    }

    @Test
    void manyRowsAreComparedPartByPart() throws SQLException {
        for (var tables : List.of(new Tables(east), northern)) {
            tables.execute(
                    """
                    INSERT INTO idempotency (merchant_id, mode, idem_key, payment_id, operation_id,
                        fingerprint, created_at, expires_at)
                    SELECT IF(seq %% 2, 'm_a', 'm_b'), 'test', CONCAT('key-', seq), 'p', 'o', '{}',
                        '2026-11-24', '2026-11-24' FROM seq_1_to_%d
                    """
                            .formatted(MANY));
        }
        assertThat(compare()).isEmpty();
        northern.execute("DELETE FROM idempotency WHERE idem_key IN ('key-1', 'key-12345')");
        northern.execute("UPDATE idempotency SET operation_id = 'x' WHERE idem_key = 'key-9998'");
        assertThat(compare().getFirst().problems())
                .hasSize(3)
                .anyMatch(it -> it.contains("key-12345]: only on east"))
                .anyMatch(it -> it.contains("key-9998]: differs in [operation_id]"));
        assertThat(NodeComparison.of(nodes()).ruling().subjects()).isGreaterThan(MANY);
    }

    @Test
    void anAcknowledgedPaymentThatANodeLostIsLostThere() throws Exception {
        northern.execute("DELETE FROM payment WHERE id = 'pay_sale'");
        var verdict = new Audit(InstantSource.system(), _ -> {}).run(input);
        assertThat(World.broken(verdict)).containsExactlyInAnyOrder(Law.I1, Law.I18);
        assertThat(verdict.violations())
                .filteredOn(it -> it.law() == Law.I1)
                .extracting(Violation::subject)
                .allMatch(subject -> subject.endsWith("on node north"));
    }
}
