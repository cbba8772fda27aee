package dev.paygateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.paygateway.payment.Decision;
import dev.paygateway.payment.Store;
import dev.paygateway.payment.Store.Commit;
import dev.paygateway.testing.GaleraNode;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Goal: a server that has lost its majority confirms nothing and shows nothing; what was on its way
 * to it is found out once the majority is back.
 *
 * <p>Method: a real Galera server whose only other member, an arbitrator, is out of reach for a
 * while.
 */
class CutOffTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private static GaleraNode node;
    private static Store store;

    @BeforeAll
    static void start() throws IOException, SQLException {
        GaleraNode.missing().ifPresent(why -> Assumptions.abort("no Galera here: " + why));
        node = new GaleraNode("--skip-ssl");
        TestDatabase.migrate(node.port());
        store =
                new SqlStore(
                        TestDatabase.app(node.port()),
                        new Samples.Words(),
                        new RealTime(),
                        new Random(1));
    }

    @AfterAll
    static void stop() {
        if (node != null) {
            node.close();
        }
    }

    @AfterEach
    void heal() {
        node.heal();
        awaitMajority();
    }

    /** A read that waits for the majority is the first to know. */
    private static void awaitMajority() {
        await().atMost(LONG)
                .ignoreException(Store.Unavailable.class)
                .until(() ->
                        store.payment(Samples.pay(Samples.merchant(), "k").after().id()).isEmpty());
    }

    @Test
    void confirmsNothingNew() throws SQLException {
        var pay = Samples.pay(Samples.merchant(), "key-1");
        node.cut();
        node.awaitCutOff();
        assertThat(store.commit(pay)).isInstanceOf(Commit.Unconfirmed.class);
        node.heal();
        awaitMajority();
        assertThat(events(pay)).isZero();
        assertThat(store.commit(pay)).isEqualTo(new Commit.Done());
        assertThat(events(pay)).isEqualTo(1);
    }

    @Test
    void showsNothingThatMayBeOutOfDate() {
        var pay = Samples.pay(Samples.merchant(), "key-1");
        assertThat(store.commit(pay)).isEqualTo(new Commit.Done());
        node.cut();
        var id = pay.after().id();
        node.awaitCutOff();
        assertThatThrownBy(() -> store.payment(id)).isInstanceOf(Store.Unavailable.class);
        assertThatThrownBy(() -> store.due(Samples.NOW, 1)).isInstanceOf(Store.Unavailable.class);
        node.heal();
        awaitMajority();
        assertThat(store.payment(id)).contains(pay.after());
    }

    @Test
    void doesNotSayWhatBecameOfACommitOnTheWayWhenItIsCut() throws Exception {
        var pay = Samples.pay(Samples.merchant(), "key-1");
        node.cut();
        var commit = inBackground(pay);
        assertThat(commit.get()).isInstanceOf(Commit.Unconfirmed.class);
        node.heal();
        awaitMajority();
        assertThat(store.commit(pay)).isEqualTo(new Commit.Done());
        assertThat(events(pay)).isEqualTo(1);
    }

    @Test
    void findsOutWhatBecameOfACommitWhenTheMajorityIsBackInTime() throws Exception {
        var pay = Samples.pay(Samples.merchant(), "key-1");
        node.cut();
        var commit = inBackground(pay);
        node.awaitCutOff();
        node.heal();
        assertThat(commit.get()).isEqualTo(new Commit.Done());
        assertThat(events(pay)).isEqualTo(1);
    }

    private static Future<Commit> inBackground(Decision decision) throws InterruptedException {
        var begun = new CountDownLatch(1);
        var commit =
                Executors.newVirtualThreadPerTaskExecutor()
                        .submit(() -> {
                            begun.countDown();
                            return store.commit(decision);
                        });
        begun.await();
        return commit;
    }

    private static long events(Decision decision) throws SQLException {
        try (var session = node.administrator("gateway")) {
            return Probe.count(
                    session,
                    "SELECT COUNT(*) FROM event WHERE payment_id = ?",
                    decision.after().id().value());
        }
    }
}
