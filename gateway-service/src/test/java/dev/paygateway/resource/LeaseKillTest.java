package dev.paygateway.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.paygateway.resource.LeaseAudit.Row;
import dev.paygateway.resource.LeaseHolder.Style;
import dev.paygateway.testing.Sandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goal: when the owner of a lease dies or stands still, the next one takes over within the lease's
 * length and a second, and nothing that the old one writes afterwards gets through.
 *
 * <p>Method: processes of their own hold the lease in turn on a real MariaDB; the owner is killed
 * -9, or halted and woken after the takeover, after a random number of writes. The rows they left
 * are audited in the order of their commits, and the takeovers measured by the database's clock.
 */
class LeaseKillTest {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseKillTest.class);
    private static final Sandbox SANDBOX = Sandbox.shared();
    private static final Duration LENGTH = Duration.ofSeconds(1);
    private static final Duration TAKEOVER_MAX = LENGTH.plusSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int HOLDERS = 3;
    private static final int WRITES_MAX = 150;

    static {
        TestParts.openSchema(SANDBOX);
    }

    private final String password = UUID.randomUUID().toString();
    private final List<LeaseProcess> holders = new ArrayList<>();
    private final Connection session;

    @TempDir Path folder = Path.of("");

    @SuppressWarnings("MustBeClosedChecker") // closed at the end
    LeaseKillTest() throws SQLException {
        session = SANDBOX.database().dba();
    }

    @BeforeEach
    void prepare() throws SQLException {
        TestParts.makeLeases(SANDBOX);
        for (var sql :
                List.of(
                        """
                        CREATE OR REPLACE TABLE gateway.lease_audit (
                            sequence BIGINT NOT NULL PRIMARY KEY,
                            fence BIGINT NOT NULL,
                            process VARCHAR(16) NOT NULL,
                            counter BIGINT NOT NULL,
                            written_at DATETIME(6) NOT NULL,
                            KEY fence (fence)) ENGINE = InnoDB
                        """,
                        "CREATE USER holder@'%' IDENTIFIED BY '" + password + "' REQUIRE SSL",
                        "GRANT SELECT, INSERT, UPDATE ON gateway.lease TO holder@'%'",
                        "GRANT SELECT, INSERT ON gateway.lease_audit TO holder@'%'")) {
            SANDBOX.database().execute(sql);
        }
    }

    @AfterEach
    void cleanUp() throws SQLException {
        holders.forEach(LeaseProcess::close);
        session.close();
        SANDBOX.database().execute("DROP USER holder@'%'");
        SANDBOX.database().execute("DROP TABLE gateway.lease_audit");
    }

    @Test
    void theNextOwnerIsInTimeAndNoStaleWritePasses() throws Exception {
        kill(8, 20_261_126L);
    }

    @Test
    @Tag("system-long")
    void aHundredTimes() throws Exception {
        kill(100, System.nanoTime());
    }

    @Test
    void aWriteBetweenLookAndLossIsRefused() throws Exception {
        var late = wakeAfterTakeover(Style.HESITANT, "refused");
        assertThat(late.count("wrote")).isZero();
        assertThat(violations()).isEmpty();
    }

    /** With the fence off the audit must turn red, or its green above means nothing. */
    @Test
    void theAuditFindsAWriteWithoutFence() throws Exception {
        wakeAfterTakeover(Style.HESITANT_UNFENCED, "wrote");
        assertThat(violations()).singleElement().asString().contains("written after fence");
    }

    /** One looks at its lease, is halted, and writes after another has taken it. */
    private LeaseProcess wakeAfterTakeover(Style style, String end) throws IOException {
        var late = start(style);
        await().atMost(PATIENCE).until(() -> late.hasSaid("checked"));
        late.halt();
        late.tell("write");
        start(Style.BLIND);
        await().atMost(PATIENCE).until(() -> !rows().isEmpty());
        late.goOn();
        await().atMost(PATIENCE).until(() -> late.hasSaid(end));
        return late;
    }

    /** Kills so often, and halts one in four besides. */
    private void kill(int kills, long seed) throws Exception {
        var dice = new Random(seed);
        var takeovers = new ArrayList<Duration>();
        for (var killed = 0; killed < kills; ) {
            fill();
            var owner = owner(1 + dice.nextInt(WRITES_MAX));
            var isHalt = dice.nextInt(4) == 0;
            var takeover = isHalt ? halt(owner) : kill(owner);
            if (!takeover.isNegative()) { // else it had lost the lease before it was struck
                takeovers.add(takeover);
                killed += isHalt ? 0 : 1;
            }
        }
        takeovers.sort(Duration::compareTo);
        var words =
                "seed %d: %d kill -9, %d halts, %d writes; takeover median %d ms, most %d ms"
                        .formatted(
                                seed,
                                kills,
                                takeovers.size() - kills,
                                rows().size(),
                                takeovers.get(takeovers.size() / 2).toMillis(),
                                takeovers.getLast().toMillis());
        LOG.warn(words); // the figures, in every run's output
        assertThat(takeovers.getLast()).as(words).isLessThanOrEqualTo(TAKEOVER_MAX);
        assertThat(violations()).as(words).isEmpty();
    }

    /** Whoever is struck, others must be there to take over. */
    private void fill() throws IOException {
        while (holders.size() < HOLDERS) {
            start(Style.BLIND);
        }
        await().atMost(PATIENCE)
                .until(() -> holders.stream().allMatch(each -> each.hasSaid("ready")));
    }

    @SuppressWarnings("MustBeClosedChecker") // closed when it is struck, or at the end
    private LeaseProcess start(Style style) throws IOException {
        var url =
                "jdbc:mariadb://%s/gateway?sslMode=verify-full&serverSslCert=%s"
                        .formatted(
                                SANDBOX.database().address(), SANDBOX.memory().resolve(Sandbox.CA));
        var words = List.of(url, "holder", password, LENGTH.toString(), style.name());
        var holder = new LeaseProcess(folder, words);
        holders.add(holder);
        return holder;
    }

    /** The last row, once its writer has written so often. */
    private Row owner(long writes) {
        var last = "SELECT * FROM gateway.lease_audit ORDER BY sequence DESC LIMIT 1";
        return await().atMost(PATIENCE)
                .until(() -> rows(last), rows -> isWritten(rows, writes))
                .getFirst();
    }

    private static boolean isWritten(List<Row> rows, long writes) {
        return !rows.isEmpty() && rows.getFirst().counter() >= writes;
    }

    private Duration kill(Row owner) throws SQLException {
        var victim = process(owner);
        var struckAt = now();
        victim.close();
        holders.remove(victim);
        return takeover(owner, struckAt);
    }

    /** Woken, it writes on, and is refused. */
    private Duration halt(Row owner) throws SQLException {
        var late = process(owner);
        var refusals = late.count("refused");
        var struckAt = now();
        late.halt();
        var takeover = takeover(owner, struckAt);
        late.goOn();
        await().atMost(PATIENCE).until(() -> late.count("refused") > refusals);
        return takeover;
    }

    private LeaseProcess process(Row row) {
        return holders.stream()
                .filter(each -> each.name().equals(row.process()))
                .findFirst()
                .orElseThrow();
    }

    private String now() throws SQLException {
        return ask("SELECT UTC_TIMESTAMP(6)", row -> row.getString(1)).getFirst();
    }

    /** From the blow to the first write of the next owner, by the database's clock. */
    private Duration takeover(Row owner, String struckAt) {
        var took =
                """
                SELECT TIMESTAMPDIFF(MICROSECOND, '%s', MIN(written_at))
                FROM gateway.lease_audit WHERE fence > %d HAVING COUNT(*) > 0\
                """
                        .formatted(struckAt, owner.fence());
        var micros =
                await().atMost(PATIENCE)
                        .until(() -> ask(took, row -> row.getLong(1)), found -> !found.isEmpty())
                        .getFirst();
        return Duration.of(micros, ChronoUnit.MICROS);
    }

    private List<String> violations() throws SQLException {
        return LeaseAudit.violations(rows());
    }

    private List<Row> rows() throws SQLException {
        return rows("SELECT * FROM gateway.lease_audit ORDER BY sequence");
    }

    private List<Row> rows(String query) throws SQLException {
        return ask(
                query,
                row ->
                        new Row(
                                row.getLong("sequence"),
                                row.getLong("fence"),
                                row.getString("process"),
                                row.getLong("counter")));
    }

    private interface Mapper<R> {
        R map(ResultSet row) throws SQLException;
    }

    private <R> List<R> ask(String query, Mapper<R> mapper) throws SQLException {
        try (var statement = session.createStatement();
                var rows = statement.executeQuery(query)) {
            var found = new ArrayList<R>();
            while (rows.next()) {
                found.add(mapper.map(rows));
            }
            return found;
        }
    }
}
