package dev.paygateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paygateway.payment.Answer;
import dev.paygateway.payment.Decision;
import dev.paygateway.payment.Merchant;
import dev.paygateway.payment.Operation;
import dev.paygateway.payment.Store;
import dev.paygateway.payment.Store.Commit;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Goal: a decision is written whole or not at all, and its caller learns which.
 *
 * <p>Method: decisions are committed to a real database and read back; each guard meets what it is
 * there for.
 */
class SqlStoreTest {
    private static final TestDatabase DATABASE = TestDatabase.shared();
    private static final Duration LEASE = Duration.ofSeconds(30);

    /** More than all tests of this JVM leave due. */
    private static final int EVERYBODYS = 100_000;

    private final Store store = new SqlStore(DATABASE.app(), new Samples.Words(), new RealTime());
    private final Merchant merchant = Samples.merchant();

    @Test
    void keepsANewPaymentAsItWasDecided() {
        var pay = Samples.pay(merchant, "key-1");
        assertThat(store.commit(pay)).isEqualTo(new Commit.Done());
        assertThat(store.payment(pay.after().id())).contains(pay.after());
        assertThat(store.operation(operation(pay).id())).isEqualTo(pay.started());
        assertThat(store.holder(merchant, "key-1"))
                .contains(
                        new Store.KeyHolder(
                                pay.claim().orElseThrow(),
                                pay.after().id(),
                                operation(pay).id(),
                                Optional.empty()));
    }

    @Test
    void keepsTheEndAndItsAnswerByteForByte() {
        var pay = begun("key-1");
        var end = Samples.captured(pay.after(), operation(pay));
        assertThat(store.commit(end)).isEqualTo(new Commit.Done());
        assertThat(store.payment(pay.after().id())).contains(end.after());
        assertThat(store.operation(operation(pay).id())).contains(end.changed().getFirst());
        var answer = new Samples.Words().answer(end.after(), end.changed().getFirst());
        assertThat(answerOf("key-1")).contains(answer);
    }

    @Test
    void keepsADeclineWithItsReason() {
        var pay = begun("key-1");
        var end = Samples.declined(pay.after(), operation(pay));
        assertThat(store.commit(end)).isEqualTo(new Commit.Done());
        assertThat(store.payment(pay.after().id())).contains(end.after());
        assertThat(answerOf("key-1").map(Answer::status)).contains(402);
    }

    /** What a rehearsal sends to the database before an instance is ready. */
    @Test
    void aChangeOfAPaymentThatIsNotThereLeavesNothing() throws SQLException {
        var never = Samples.pay(merchant, "key-1");
        var end = Samples.captured(never.after(), never.started().orElseThrow());
        assertThat(store.commit(end)).isEqualTo(new Commit.Stale());
        var id = never.after().id().value();
        for (var table : List.of("event", "operation", "outbox", "idempotency")) {
            assertThat(Probe.count("SELECT COUNT(*) FROM " + table + " WHERE payment_id = ?", id))
                    .as(table)
                    .isZero();
        }
    }

    @Test
    void tellsWhoseKeyItIsBeforeWhoseReference() {
        var first = begun("key-1");
        var again = Samples.pay(merchant, "key-1", first.after().terms().reference(), true);
        assertThat(store.commit(again)).isEqualTo(new Commit.KeyTaken());
        assertThat(store.payment(again.after().id())).isEmpty();
    }

    @Test
    void namesTheHolderOfAReferenceAndKeepsNothing() {
        var first = begun("key-1");
        var again = Samples.pay(merchant, "key-2", first.after().terms().reference(), true);
        assertThat(store.commit(again)).isEqualTo(new Commit.ReferenceTaken(first.after().id()));
        assertThat(store.holder(merchant, "key-2")).isEmpty();
    }

    @Test
    void freesTheReferenceOfAPaymentThatIsVoid() {
        var first = begun("key-1");
        commit(Samples.declined(first.after(), operation(first)));
        var reference = first.after().terms().reference();
        assertThat(store.commit(Samples.pay(merchant, "key-2", reference, true)))
                .isEqualTo(new Commit.Done());
    }

    @Test
    void letsReferencesRepeatWhereTheMerchantWantsIt() {
        commit(Samples.pay(merchant, "key-1", "same", false));
        assertThat(store.commit(Samples.pay(merchant, "key-2", "same", false)))
                .isEqualTo(new Commit.Done());
    }

    @Test
    void refusesADecisionOnAPaymentThatHasMovedOn() {
        var pay = begun("key-1");
        var end = Samples.captured(pay.after(), operation(pay));
        commit(end);
        assertThat(store.commit(Samples.declined(pay.after(), operation(pay))))
                .isEqualTo(new Commit.Stale());
        assertThat(store.payment(pay.after().id())).contains(end.after());
        assertThat(store.operation(operation(pay).id())).contains(end.changed().getFirst());
    }

    @Test
    void isDoneForTheSameDecisionOnlyOnce() {
        var pay = begun("key-1");
        assertThat(store.commit(pay)).isEqualTo(new Commit.KeyTaken());
        var end = Samples.captured(pay.after(), operation(pay));
        commit(end);
        assertThat(store.commit(end)).isEqualTo(new Commit.Stale());
    }

    @Test
    void keepsNothingOfADecisionThatARowRefuses() {
        var pay = begun("key-1");
        var end = Samples.captured(pay.after(), operation(pay));
        var tooLong = "payment.".repeat(10);
        var broken =
                new Decision(
                        end.claim(),
                        end.before(),
                        end.after(),
                        end.changed(),
                        end.started(),
                        new Decision.Event(end.event().id(), tooLong, end.event().cause()),
                        end.answered());
        assertThat(store.commit(broken)).isInstanceOf(Commit.Refused.class);
        assertThat(store.payment(pay.after().id())).contains(pay.after());
        assertThat(store.operation(operation(pay).id())).isEqualTo(pay.started());
    }

    @Test
    void refusesTheWriteOfAnOwnerWhoseLeaseWasTaken() {
        var pay = begun("key-1");
        var due = operation(pay).watch().nextCheckAt().orElseThrow();
        var first = store.lease(operation(pay).id(), "one", due, LEASE).orElseThrow();
        var late = due.plus(LEASE).plusMillis(1);
        var second = store.lease(operation(pay).id(), "two", late, LEASE).orElseThrow();
        assertThat(second.fence()).isEqualTo(first.fence() + 1);
        for (var stale : List.of(operation(pay), first)) {
            assertThat(store.commit(Samples.captured(pay.after(), stale)))
                    .isEqualTo(new Commit.Stale());
            assertThat(store.reschedule(stale)).isFalse();
        }
        assertThat(store.payment(pay.after().id())).contains(pay.after());
        assertThat(store.commit(Samples.captured(pay.after(), second)))
                .isEqualTo(new Commit.Done());
    }

    @Test
    void leasesWhatIsDueToOneOwnerAtATime() {
        var pay = begun("key-1");
        var id = operation(pay).id();
        var due = operation(pay).watch().nextCheckAt().orElseThrow();
        assertThat(store.due(due.minusMillis(1), EVERYBODYS)).doesNotContain(id);
        assertThat(store.lease(id, "one", due.minusMillis(1), LEASE)).isEmpty();
        assertThat(store.due(due, EVERYBODYS)).contains(id);
        assertThat(store.lease(id, "one", due, LEASE)).isPresent();
        assertThat(store.due(due.plusSeconds(1), EVERYBODYS)).doesNotContain(id);
        assertThat(store.lease(id, "two", due.plusSeconds(1), LEASE)).isEmpty();
    }

    @Test
    void releasesALeaseUnderWhichNothingWasWritten() {
        var pay = begun("key-1");
        var due = operation(pay).watch().nextCheckAt().orElseThrow();
        var leased = store.lease(operation(pay).id(), "one", due, LEASE).orElseThrow();
        var soon = due.plusSeconds(5);
        store.release(leased, soon);
        assertThat(store.lease(leased.id(), "two", soon.minusMillis(1), LEASE)).isEmpty();
        var next = store.lease(leased.id(), "two", soon, LEASE).orElseThrow();
        assertThat(next.fence()).isEqualTo(leased.fence() + 1);
    }

    @Test
    void releasesNothingThatIsEndedOrAnothers() {
        var pay = begun("key-1");
        var due = operation(pay).watch().nextCheckAt().orElseThrow();
        var first = store.lease(operation(pay).id(), "one", due, LEASE).orElseThrow();
        var late = due.plus(LEASE).plusMillis(1);
        var second = store.lease(operation(pay).id(), "two", late, LEASE).orElseThrow();
        store.release(first, due);
        assertThat(store.lease(first.id(), "three", late, LEASE)).isEmpty();
        commit(Samples.captured(pay.after(), second));
        var ended = store.operation(second.id());
        store.release(second, due);
        assertThat(store.operation(second.id())).isEqualTo(ended);
    }

    @Test
    void endsALeaseAndLooksAgainWhenTold() {
        var pay = begun("key-1");
        var due = operation(pay).watch().nextCheckAt().orElseThrow();
        var leased = store.lease(operation(pay).id(), "one", due, LEASE).orElseThrow();
        var later = due.plusSeconds(15);
        var again =
                new Operation(
                        leased.id(),
                        leased.order(),
                        leased.state(),
                        leased.acquirerReference(),
                        leased.decline(),
                        new Operation.Watch(Optional.of(later), 1, 1),
                        leased.fence(),
                        due);
        assertThat(store.reschedule(again)).isTrue();
        assertThat(store.reschedule(again)).isTrue(); // the same content is a write as well
        assertThat(store.operation(leased.id())).contains(again);
        assertThat(store.lease(leased.id(), "two", later.minusMillis(1), LEASE)).isEmpty();
        assertThat(store.lease(leased.id(), "two", later, LEASE)).isPresent();
    }

    @Test
    void clearsTheLeaseWithTheCommitThatSettles() throws SQLException {
        var pay = begun("key-1");
        var due = operation(pay).watch().nextCheckAt().orElseThrow();
        var leased = store.lease(operation(pay).id(), "one", due, LEASE).orElseThrow();
        commit(Samples.captured(pay.after(), leased));
        var kept =
                Probe.count(
                        "SELECT COUNT(*) FROM operation WHERE id = ? AND lease_until IS NOT NULL",
                        leased.id().value());
        assertThat(kept).isZero();
    }

    @Test
    void writesOneEventAndOneMessageForEachVersion() throws SQLException {
        var pay = begun("key-1");
        var end = Samples.captured(pay.after(), operation(pay));
        commit(end);
        commit(Samples.refund(end.after(), "key-2"));
        assertThat(Probe.wholeVersions(pay.after().id())).isEqualTo(3);
    }

    @Test
    void commitsNothingThatAnotherLeftBehind() throws SQLException {
        try (var pool = DATABASE.pool(1, true)) {
            try (var connection = pool.getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("START TRANSACTION");
                statement.execute(
                        "INSERT INTO outbox (payment_id, seq, event_id, merchant_id, mode,"
                                + " created_at) VALUES ('pay_left', 1, 'e', 'm', 'test', NOW())");
            }
            var pooled =
                    new SqlStore(
                            new TestDatabase.Pooled(pool), new Samples.Words(), new RealTime());
            assertThat(pooled.commit(Samples.pay(merchant, "key-1"))).isEqualTo(new Commit.Done());
        }
        assertThat(Probe.count("SELECT COUNT(*) FROM outbox WHERE payment_id = 'pay_left'"))
                .isZero();
    }

    @Test
    void leavesNoTransactionOpenWhereThePoolBeginsThem() throws SQLException {
        try (var pool = DATABASE.pool(1, false)) {
            var pooled =
                    new SqlStore(
                            new TestDatabase.Pooled(pool), new Samples.Words(), new RealTime());
            var pay = Samples.pay(merchant, "key-1");
            assertThat(pooled.commit(pay)).isEqualTo(new Commit.Done());
            assertThat(pooled.payment(pay.after().id())).contains(pay.after());
            try (var connection = pool.getConnection()) {
                assertThat(Probe.count(connection, "SELECT @@in_transaction")).isZero();
            }
        }
    }

    @Test
    void saysWhenItCannotBeReached() {
        var nowhere = new SqlStore(TestDatabase.app(1), new Samples.Words(), new RealTime());
        assertThat(nowhere.commit(Samples.pay(merchant, "key-1")))
                .isInstanceOf(Commit.Refused.class);
        assertThatThrownBy(() -> nowhere.payment(Samples.pay(merchant, "k").after().id()))
                .isInstanceOf(Store.Unavailable.class);
    }

    private Decision begun(String key) {
        var pay = Samples.pay(merchant, key);
        commit(pay);
        return pay;
    }

    private void commit(Decision decision) {
        assertThat(store.commit(decision)).isEqualTo(new Commit.Done());
    }

    private Optional<Answer> answerOf(String key) {
        return store.holder(merchant, key).orElseThrow().answer();
    }

    private static Operation operation(Decision decision) {
        return decision.started().orElseThrow();
    }
}
