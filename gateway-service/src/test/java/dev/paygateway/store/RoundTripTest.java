package dev.paygateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.paygateway.payment.Decision;
import dev.paygateway.payment.Merchant;
import dev.paygateway.payment.Payments;
import dev.paygateway.payment.Store;
import dev.paygateway.payment.Store.Commit;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Goal: a commit costs one round trip, whatever it writes, and nothing looks through a whole table.
 *
 * <p>Method: a pool of one connection, so that its session's own counters tell what was sent and
 * what the server did for it, in tables with some thousand rows.
 */
class RoundTripTest {
    private static final int ROWS = 2_000;
    private static final List<String> COUNTERS =
            List.of(
                    "QUESTIONS",
                    "COM_COMMIT",
                    "COM_STMT_PREPARE",
                    "SELECT_SCAN",
                    "SELECT_FULL_JOIN",
                    "SORT_ROWS",
                    "HANDLER_READ_RND_NEXT");

    private static final HikariDataSource POOL = TestDatabase.shared().pool(1, true);
    private static final Store STORE =
            new SqlStore(new TestDatabase.Pooled(POOL), new Samples.Words(), new RealTime());
    private static final Payments PAYMENTS =
            new SqlPayments(new TestDatabase.Pooled(POOL), new RealTime());

    @BeforeAll
    static void fillTheTables() {
        var merchant = Samples.merchant();
        for (var row = 0; row < ROWS; row++) {
            commit(Samples.pay(merchant, "key-" + row));
        }
    }

    @AfterAll
    static void closePool() {
        POOL.close();
    }

    @Test
    void eachCommitIsOneQuestionAndOneCommit() throws SQLException {
        var merchant = Samples.merchant();
        commitWholePayment(merchant); // each text is prepared once for a connection
        var before = counters();
        var commits = commitWholePayment(merchant);
        var cost = since(before);
        assertThat(cost).containsEntry("QUESTIONS", (long) commits);
        assertThat(cost).containsEntry("COM_COMMIT", (long) commits);
        assertThat(cost).containsEntry("COM_STMT_PREPARE", 0L);
        assertThat(cost).containsEntry("HANDLER_READ_RND_NEXT", 0L);
    }

    @Test
    void eachReadIsOneQuestionAndFindsItsRowsByAnIndex() throws SQLException {
        var merchant = Samples.merchant();
        commitWholePayment(merchant);
        var pay = Samples.pay(merchant, "key-of-reads");
        commit(pay);
        var operation = pay.started().orElseThrow();
        var reference = pay.after().terms().reference();
        List<Runnable> reads =
                List.of(
                        () -> assertThat(STORE.payment(pay.after().id())).isPresent(),
                        () -> assertThat(STORE.operation(operation.id())).isPresent(),
                        () -> assertThat(STORE.holder(merchant, "key-of-reads")).isPresent(),
                        () -> assertThat(STORE.due(Samples.NOW, 100)).isEmpty(),
                        () -> assertThat(PAYMENTS.find(merchant, pay.after().id())).isPresent(),
                        () -> assertThat(PAYMENTS.byKey(merchant, "key-of-reads")).isPresent(),
                        () -> assertThat(PAYMENTS.byReference(merchant, reference)).isPresent(),
                        () -> assertThat(timeline(pay)).hasSize(1),
                        () -> assertThat(PAYMENTS.list(merchant, ALL, FIRST)).hasSize(2));
        reads.forEach(Runnable::run);
        var before = counters();
        reads.forEach(Runnable::run);
        assertThat(withoutZeros(since(before))).isEqualTo(Map.of("QUESTIONS", (long) reads.size()));
    }

    @Test
    void leasesAreFoundByTheirIds() throws SQLException {
        var pay = Samples.pay(Samples.merchant(), "key-1");
        commit(pay);
        var operation = pay.started().orElseThrow();
        var due = operation.watch().nextCheckAt().orElseThrow();
        var before = counters();
        var leased = STORE.lease(operation.id(), "one", due, Duration.ofSeconds(30));
        assertThat(STORE.reschedule(leased.orElseThrow())).isTrue();
        assertThat(since(before))
                .containsEntry("QUESTIONS", 3L)
                .containsEntry("HANDLER_READ_RND_NEXT", 0L);
    }

    private static final Payments.Filter ALL =
            new Payments.Filter(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
    private static final Payments.Page FIRST =
            new Payments.Page(10, Optional.empty(), Optional.empty());

    private static List<Payments.TimelineEvent> timeline(Decision pay) {
        var payment = pay.after();
        return PAYMENTS.events(payment.terms().merchant(), payment.id(), new Payments.Lines(10, 0));
    }

    /** Begin, end, refund: every shape of commit that is common. */
    private static int commitWholePayment(Merchant merchant) {
        var pay = Samples.pay(merchant, Samples.fresh("key-"));
        commit(pay);
        var end = Samples.captured(pay.after(), pay.started().orElseThrow());
        commit(end);
        commit(Samples.refund(end.after(), Samples.fresh("key-")));
        return 3;
    }

    private static void commit(Decision decision) {
        assertThat(STORE.commit(decision)).isEqualTo(new Commit.Done());
    }

    private static Map<String, Long> counters() throws SQLException {
        var sql =
                COUNTERS.stream()
                        .map(name -> "'" + name + "'")
                        .collect(
                                Collectors.joining(
                                        ",", "SHOW SESSION STATUS WHERE Variable_name IN (", ")"));
        try (var connection = POOL.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var counters = new TreeMap<String, Long>();
            while (rows.next()) {
                counters.put(rows.getString(1).toUpperCase(Locale.ROOT), rows.getLong(2));
            }
            assertThat(counters).hasSameSizeAs(COUNTERS);
            return counters;
        }
    }

    /** What was counted since; asking counts, too. */
    private static Map<String, Long> since(Map<String, Long> before) throws SQLException {
        var after = counters();
        var asking = counters();
        return COUNTERS.stream()
                .collect(
                        Collectors.toMap(
                                Function.identity(),
                                name ->
                                        after.getOrDefault(name, -1L)
                                                - before.getOrDefault(name, -1L)
                                                - (asking.getOrDefault(name, -1L)
                                                        - after.getOrDefault(name, -1L))));
    }

    private static Map<String, Long> withoutZeros(Map<String, Long> counted) {
        return counted.entrySet().stream()
                .filter(entry -> entry.getValue() != 0)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
