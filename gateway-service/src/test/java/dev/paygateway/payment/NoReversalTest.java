package dev.paygateway.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.payment.Gateway.Reply;
import dev.paygateway.payment.Gateway.Work;
import dev.paygateway.payment.Operation.Kind;
import dev.paygateway.payment.Payment.CardSummary;
import dev.paygateway.payment.Payment.OnUnknown;
import dev.paygateway.sabotage.DelegatingAcquirer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Goal: an acquirer that takes no reversal by our reference is sent none; people settle what would
 * have to be undone there.
 *
 * <p>Method: each way to a reversal is gone twice, and the acquirer's declaration alone differs.
 */
class NoReversalTest {
    private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final MemoryStore store = new MemoryStore(new World.PlainRendering());
    private final ScriptedAcquirer books = new ScriptedAcquirer();
    private final SetClock time = new SetClock();

    private static final class SetClock implements Time {
        private Instant now = START;

        @Override
        public Instant now() {
            return now;
        }

        @Override
        public void pause(Duration duration) {
            now = now.plus(duration);
        }
    }

    /** Says whether it can reverse, and does all else as its books do. */
    private static final class Declaring extends DelegatingAcquirer implements Acquirer.Directory {
        private final boolean canReverse;

        Declaring(Acquirer books, boolean canReverse) {
            super(books);
            this.canReverse = canReverse;
        }

        @Override
        public Capabilities capabilities() {
            var may = super.capabilities();
            return new Capabilities(
                    may.idempotentSend(),
                    may.inquiryByReference(),
                    canReverse,
                    may.visibilityWindow());
        }

        @Override
        public List<Acquirer> routes() {
            return List.of(this);
        }

        @Override
        public Acquirer named(String name) {
            return this;
        }
    }

    private record Instrument(CardSummary summary) implements Acquirer.Instrument {}

    private static CardSummary card(String last4) {
        return new CardSummary("visa", "424242", last4, 12, 2030);
    }

    private Gateway gateway(boolean canReverse) {
        var dice = new Random(7);
        var ids = new Ids('e', () -> new UUID(dice.nextLong(), dice.nextLong()));
        return new Gateway(store, new Declaring(books, canReverse), time, ids, "east");
    }

    private static Work begin(Gateway gateway, OnUnknown onUnknown) {
        var pay =
                new Command.Pay(
                        new Claim(new Merchant("m_1", Merchant.Mode.TEST), "key-1", Map.of()),
                        "req",
                        "order-1",
                        true,
                        Payment.CaptureMode.AUTOMATIC,
                        Money.ofMinor(CurrencyUnit.EUR, 1_099),
                        card("4242"),
                        Map.of(),
                        onUnknown,
                        Duration.ofMinutes(15));
        return Optional.of(gateway.begin(pay)).map(Reply.Begun.class::cast).orElseThrow().work();
    }

    private void recover(Gateway gateway, Work work, Duration after) {
        time.now = START.plus(after);
        gateway.recover(
                store.lease(work.operation().id(), "test", time.now(), LEASE).orElseThrow());
    }

    private void endsWith(boolean canReverse, Work work, Status reversed, Status given) {
        var operations = store.operations(work.payment().id());
        assertThat(store.payment(work.payment().id()).orElseThrow().status())
                .isEqualTo(canReverse ? reversed : given);
        assertThat(operations.stream().filter(it -> it.order().kind() == Kind.REVERSE).count())
                .isEqualTo(canReverse ? 1 : 0);
        assertThat(operations.getFirst().state() == Operation.State.NEEDS_REVIEW)
                .isNotEqualTo(canReverse);
        assertThat(store.due(START.plus(Duration.ofDays(9)), 9)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsNotFoundPastTheWindowIsReversedOrGivenToPeople(boolean canReverse) {
        var gateway = gateway(canReverse);
        var work = begin(gateway, OnUnknown.WAIT);
        recover(gateway, work, Duration.ofSeconds(9));
        recover(gateway, work, Duration.ofMinutes(1));
        endsWith(canReverse, work, Status.CANCELED, Status.NEEDS_REVIEW);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anApprovalThatIsNotWantedAnyMoreIsReversedOrGivenToPeople(boolean canReverse) {
        var gateway = gateway(canReverse);
        var work = begin(gateway, OnUnknown.REVERSE);
        gateway.authorize(work, new Instrument(card("0504")));
        recover(gateway, work, Duration.ofMinutes(1));
        endsWith(canReverse, work, Status.CANCELED, Status.NEEDS_REVIEW);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anApprovalOfAFailedPaymentIsReversedOrGivenToPeople(boolean canReverse) {
        var gateway = gateway(canReverse);
        var work = begin(gateway, OnUnknown.WAIT);
        gateway.abandon(work);
        books.authorize(work.operation(), work.payment(), new Instrument(card("4242")));
        gateway.recover(store.operation(work.operation().id()).orElseThrow());
        endsWith(canReverse, work, Status.FAILED, Status.FAILED);
    }
}
