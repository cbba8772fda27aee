package dev.paygateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.paygateway.payment.Decision;
import dev.paygateway.payment.Store;
import dev.paygateway.payment.Store.Commit;
import dev.paygateway.store.CuttingProxy.Cut;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Goal: a commit whose connection is lost at the worst moment happens once, and its caller is told
 * that it did.
 *
 * <p>Method: a proxy drops the connection before the statement, after it, or after its effect; an
 * administrator kills it while it waits for a row.
 */
class DoubtfulCommitTest {
    private static final TestDatabase DATABASE = TestDatabase.shared();
    private static final Duration LONG = Duration.ofSeconds(30);

    private CuttingProxy proxy;
    private Store store;

    @BeforeEach
    void goThroughTheProxy() throws IOException {
        proxy = new CuttingProxy(DATABASE.port());
        store = store(proxy.port());
    }

    @AfterEach
    void closeTheProxy() {
        proxy.close();
    }

    private static Store store(int port) {
        return new SqlStore(TestDatabase.app(port), new Samples.Words(), new RealTime());
    }

    @Test
    void isDoneOnceWhenTheAnswerToAFirstCommitIsLost() throws SQLException {
        var pay = Samples.pay(Samples.merchant(), "key-1");
        proxy.cutNext(new Cut.AfterEffect(() -> awaitEvent(pay)));
        assertDoneOnce(pay);
    }

    @Test
    void isDoneOnceWhenTheAnswerToASecondCommitIsLost() throws SQLException {
        var end = endOfPayment();
        proxy.cutNext(new Cut.AfterEffect(() -> awaitEvent(end)));
        assertDoneOnce(end);
        assertThat(store.holder(end.after().terms().merchant(), "key-1").orElseThrow().answer())
                .isPresent();
    }

    @Test
    void isDoneOnceWhenTheStatementNeverArrived() throws SQLException {
        var end = endOfPayment();
        proxy.cutNext(new Cut.BeforeSend(() -> {}));
        assertDoneOnce(end);
    }

    @Test
    void isDoneOnceWhateverBecameOfTheStatement() throws SQLException {
        for (var round = 0; round < 50; round++) {
            var pay = Samples.pay(Samples.merchant(), "key-1");
            proxy.cutNext(new Cut.AfterSend());
            assertDoneOnce(pay);
        }
    }

    @Test
    void isStaleWhenATwinTookItsPlaceMeanwhile() {
        var end = endOfPayment();
        var twin = Samples.declined(end.before().orElseThrow(), end.changed().getFirst());
        proxy.cutNext(
                new Cut.BeforeSend(
                        () -> assertThat(direct().commit(twin)).isEqualTo(new Commit.Done())));
        assertThat(store.commit(end)).isEqualTo(new Commit.Stale());
        assertThat(store.payment(end.after().id())).contains(twin.after());
    }

    @ParameterizedTest
    @ValueSource(strings = {"KILL CONNECTION ", "KILL QUERY "})
    void isDoneOnceWhenItIsKilledWhileItWaits(String kill) throws Exception {
        var end = endOfPayment();
        try (var root = DATABASE.root()) {
            root.setAutoCommit(false);
            lock(root, end);
            var commit = inBackground(() -> direct().commit(end));
            await().atMost(LONG).until(() -> waiting() != 0);
            Probe.run(kill + waiting());
            root.rollback();
            assertThat(commit.get()).isEqualTo(new Commit.Done());
        }
        assertThat(Probe.wholeVersions(end.after().id())).isEqualTo(end.after().version());
    }

    @Test
    void outlastsALockThatIsHeldForAWhile() throws Exception {
        var end = endOfPayment();
        try (var root = DATABASE.root()) {
            root.setAutoCommit(false);
            lock(root, end);
            var commit = inBackground(() -> direct().commit(end));
            // Its first try has given up (error 1205) once its session is not waiting any more.
            await().atMost(LONG).until(() -> waiting() != 0);
            var first = waiting();
            await().atMost(LONG).until(() -> waiting() != first);
            root.rollback();
            assertThat(commit.get()).isEqualTo(new Commit.Done());
        }
    }

    @Test
    void isUnconfirmedWhereTheDatabaseStaysAway() {
        var pay = Samples.pay(Samples.merchant(), "key-1");
        proxy.cutNext(new Cut.AfterEffect(proxy::close));
        assertThat(store.commit(pay)).isInstanceOf(Commit.Unconfirmed.class);
    }

    private void assertDoneOnce(Decision decision) throws SQLException {
        assertThat(store.commit(decision)).isEqualTo(new Commit.Done());
        assertThat(proxy.hasCut()).isTrue();
        assertThat(store.payment(decision.after().id())).contains(decision.after());
        assertThat(Probe.wholeVersions(decision.after().id()))
                .isEqualTo(decision.after().version());
    }

    private static Store direct() {
        return store(DATABASE.port());
    }

    private static Decision endOfPayment() {
        var pay = Samples.pay(Samples.merchant(), "key-1");
        assertThat(direct().commit(pay)).isEqualTo(new Commit.Done());
        return Samples.captured(pay.after(), pay.started().orElseThrow());
    }

    private static void awaitEvent(Decision decision) {
        await().atMost(LONG)
                .until(() ->
                        Probe.count(
                                        "SELECT COUNT(*) FROM event WHERE id = ?",
                                        decision.event().id())
                                == 1);
    }

    private static void lock(Connection session, Decision decision) throws SQLException {
        var locked =
                Probe.count(
                        session,
                        "SELECT COUNT(*) FROM payment WHERE id = ? FOR UPDATE",
                        decision.after().id().value());
        assertThat(locked).isEqualTo(1);
    }

    /** The session in which a transaction waits for a row lock; 0 for none. */
    private static long waiting() throws SQLException {
        return Probe.count(
                "SELECT trx_mysql_thread_id FROM information_schema.INNODB_TRX"
                        + " WHERE trx_state = 'LOCK WAIT' AND trx_query LIKE 'UPDATE payment%'");
    }

    private static <R> Future<R> inBackground(Callable<R> work) {
        return Executors.newVirtualThreadPerTaskExecutor().submit(work);
    }
}
