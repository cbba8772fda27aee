package dev.paygateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.payment.Decision;
import dev.paygateway.payment.Merchant;
import dev.paygateway.payment.Payment;
import dev.paygateway.payment.PaymentId;
import dev.paygateway.payment.Payments;
import dev.paygateway.payment.Payments.Cursor;
import dev.paygateway.payment.Payments.Filter;
import dev.paygateway.payment.Payments.Lines;
import dev.paygateway.payment.Payments.Page;
import dev.paygateway.payment.Payments.TimelineEvent;
import dev.paygateway.payment.Status;
import dev.paygateway.payment.Store;
import dev.paygateway.payment.Store.Commit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/**
 * Goal: a merchant finds his own payments by every name he has for them, and no other's.
 *
 * <p>Method: payments of two merchants are committed to a real database and looked for.
 */
class SqlPaymentsTest {
    private static final TestDatabase DATABASE = TestDatabase.shared();

    private final Store store = new SqlStore(DATABASE.app(), new Samples.Words(), new RealTime());
    private final Payments payments = new SqlPayments(DATABASE.app(), new RealTime());
    private final Merchant merchant = Samples.merchant();
    private final Merchant other = Samples.merchant();

    @Test
    void findsByIdKeyAndReference() {
        var pay = begun(merchant, "key-1", "order 1 \u00e9");
        assertThat(payments.find(merchant, pay.after().id())).contains(pay.after());
        assertThat(payments.byKey(merchant, "key-1")).contains(pay.after());
        assertThat(payments.byReference(merchant, "order 1 \u00e9")).contains(pay.after());
    }

    @Test
    void showsNothingOfAnotherMerchantOrMode() {
        var pay = begun(merchant, "key-1", "order-1");
        var live = new Merchant(merchant.id(), Merchant.Mode.LIVE);
        for (var stranger : List.of(other, live)) {
            assertThat(payments.find(stranger, pay.after().id())).isEmpty();
            assertThat(payments.byKey(stranger, "key-1")).isEmpty();
            assertThat(payments.byReference(stranger, "order-1")).isEmpty();
            assertThat(payments.events(stranger, pay.after().id(), lines(10, 0))).isEmpty();
            assertThat(list(stranger, page(10))).isEmpty();
        }
    }

    @Test
    void takesNamesByTheLetter() {
        begun(merchant, "key-1", "Order-1");
        assertThat(payments.byReference(merchant, "order-1")).isEmpty();
        assertThat(payments.byReference(merchant, "Order-1 ")).isEmpty();
        assertThat(payments.byKey(merchant, "KEY-1")).isEmpty();
    }

    @Test
    void findsNothingUnderANameThatNoRowCanHave() {
        assertThat(payments.find(merchant, new PaymentId("pay_\u00e9"))).isEmpty();
        assertThat(payments.byKey(merchant, "\ud83d\ude00")).isEmpty();
        assertThat(payments.find(merchant, new PaymentId("' OR '1'='1"))).isEmpty();
    }

    @Test
    void findsThePaymentThatARefundsKeyBelongsTo() {
        var pay = begun(merchant, "key-1", "order-1");
        var end = Samples.captured(pay.after(), pay.started().orElseThrow());
        commit(end);
        var refund = Samples.refund(end.after(), "key-2");
        commit(refund);
        assertThat(payments.byKey(merchant, "key-2")).contains(refund.after());
    }

    @Test
    void tellsTheTimelineFromItsBeginning() {
        var pay = begun(merchant, "key-1", "order-1");
        var end = Samples.captured(pay.after(), pay.started().orElseThrow());
        commit(end);
        assertThat(payments.events(merchant, pay.after().id(), lines(10, 0)))
                .containsExactly(line(pay), line(end));
    }

    @Test
    void walksATimelineByItsSequence() {
        var pay = begun(merchant, "key-1", "order-1");
        var end = Samples.captured(pay.after(), pay.started().orElseThrow());
        var refund = Samples.refund(end.after(), "key-2");
        commit(end);
        commit(refund);
        var id = pay.after().id();
        assertThat(payments.events(merchant, id, lines(1, 0)))
                .containsExactly(line(pay), line(end)); // one more: there is more
        assertThat(payments.events(merchant, id, lines(1, 1)))
                .containsExactly(line(end), line(refund));
        assertThat(payments.events(merchant, id, lines(1, 2))).containsExactly(line(refund));
        assertThat(payments.events(merchant, id, lines(1, 3))).isEmpty();
    }

    private static Lines lines(int limit, long after) {
        return new Lines(limit, after);
    }

    private static TimelineEvent line(Decision decision) {
        return new TimelineEvent(
                decision.event().id(),
                decision.event().type(),
                decision.after().version(),
                decision.before().map(Payment::status),
                decision.after().status(),
                decision.event().cause(),
                new Samples.Words().snapshot(decision.after()),
                decision.after().updatedAt());
    }

    @Test
    void walksAListInBothDirections() {
        var all = new ArrayList<PaymentId>();
        for (var i = 0; i < 7; i++) {
            all.addFirst(begun(merchant, "key-" + i, "order-" + i).after().id());
        }
        assertThat(list(merchant, page(10))).isEqualTo(all);
        assertThat(list(merchant, page(3))).isEqualTo(all.subList(0, 4)); // one more: there is more
        assertThat(list(merchant, after(3, all.get(2)))).isEqualTo(all.subList(3, 7));
        assertThat(list(merchant, after(3, all.get(5)))).isEqualTo(all.subList(6, 7));
        assertThat(list(merchant, before(2, all.get(5)))).isEqualTo(all.subList(2, 5));
        assertThat(list(merchant, before(2, all.get(1)))).isEqualTo(all.subList(0, 1));
    }

    @Test
    void narrowsAListByEachCondition() {
        var pay = begun(merchant, "key-1", "order-1");
        begun(merchant, "key-2", "order-2");
        commit(Samples.captured(pay.after(), pay.started().orElseThrow()));
        var id = pay.after().id();
        assertThat(found(filter(Optional.of(Status.CAPTURED), Optional.empty(), 0)))
                .containsExactly(id);
        assertThat(found(filter(Optional.empty(), Optional.of("order-1"), 0))).containsExactly(id);
        assertThat(found(filter(Optional.empty(), Optional.empty(), 1_100))).isEmpty();
        assertThat(found(filter(Optional.empty(), Optional.empty(), 1_099))).hasSize(2);
    }

    @Test
    void takesEveryConditionAtOnce() {
        var pay = begun(merchant, "key-1", "order-1");
        var everything =
                new Filter(
                        Optional.of(Status.PROCESSING),
                        Optional.of("order-1"),
                        Optional.of("4242"),
                        Optional.of("424242"),
                        Optional.of("EUR"),
                        OptionalLong.of(1),
                        OptionalLong.of(1_099),
                        Optional.of(Samples.NOW),
                        Optional.of(Samples.NOW.plusMillis(1)),
                        Optional.of("amber"),
                        Optional.of("east"));
        assertThat(found(everything)).containsExactly(pay.after().id());
    }

    private Decision begun(Merchant whose, String key, String reference) {
        var pay = Samples.pay(whose, key, reference, true);
        commit(pay);
        return pay;
    }

    private void commit(Decision decision) {
        assertThat(store.commit(decision)).isEqualTo(new Commit.Done());
    }

    private List<PaymentId> found(Filter filter) {
        return payments.list(merchant, filter, page(10)).stream().map(Payment::id).toList();
    }

    private List<PaymentId> list(Merchant whose, Page page) {
        var all = filter(Optional.empty(), Optional.empty(), 0);
        return payments.list(whose, all, page).stream().map(Payment::id).toList();
    }

    private static Filter filter(Optional<Status> status, Optional<String> reference, long least) {
        return new Filter(
                status,
                reference,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.of(least),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Page page(int limit) {
        return new Page(limit, Optional.empty(), Optional.empty());
    }

    private static Page after(int limit, PaymentId id) {
        return new Page(limit, Optional.of(new Cursor(Samples.NOW, id)), Optional.empty());
    }

    private static Page before(int limit, PaymentId id) {
        return new Page(limit, Optional.empty(), Optional.of(new Cursor(Samples.NOW, id)));
    }
}
