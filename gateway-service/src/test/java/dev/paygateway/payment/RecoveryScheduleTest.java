package dev.paygateway.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.payment.Operation.Kind;
import dev.paygateway.payment.Operation.Order;
import dev.paygateway.payment.Operation.State;
import dev.paygateway.payment.Operation.Watch;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/**
 * Goal: a payment that an acquirer does not know ends as soon as that is proved, and nobody is
 * asked every second for longer.
 */
class RecoveryScheduleTest {
    private static final Instant SEND_UNTIL = Instant.parse("2026-11-24T00:00:08Z");
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final Instant VISIBLE_BY = SEND_UNTIL.plus(WINDOW);
    private static final Duration SOON = Duration.ofSeconds(2);

    private static Operation operation(int checks, int notFound) {
        var order =
                new Order(
                        new PaymentId("pay_e1"),
                        new Merchant("m_1", Merchant.Mode.TEST),
                        Kind.AUTHORIZE,
                        Optional.empty(),
                        Money.ofMinor(CurrencyUnit.EUR, 1_099),
                        true,
                        Optional.empty(),
                        Optional.empty(),
                        "amber",
                        Optional.of("key-1"),
                        "req",
                        SEND_UNTIL,
                        SEND_UNTIL.minusSeconds(8));
        return new Operation(
                new OperationId("op_e1"),
                order,
                State.UNKNOWN,
                Optional.empty(),
                Optional.empty(),
                new Watch(Optional.of(SEND_UNTIL), checks, notFound),
                checks,
                SEND_UNTIL);
    }

    private static Duration after(int checks, int notFound, Instant now) {
        var next = RecoverySchedule.whenMissing(operation(checks, notFound), WINDOW, now);
        return Duration.between(now, next);
    }

    @Test
    void asksOnceMoreSoonAfterAnAcquirerThatWasAwayMissesIt() {
        assertThat(after(3, 0, VISIBLE_BY)).isLessThanOrEqualTo(SOON);
        assertThat(after(6, 0, VISIBLE_BY.plusSeconds(3_600))).isLessThanOrEqualTo(SOON);
    }

    @Test
    void waitsForTheWindowWhileNotFoundMeansNothing() {
        var now = SEND_UNTIL.plusSeconds(1);
        assertThat(now.plus(after(1, 0, now))).isAfter(SEND_UNTIL.plusSeconds(4));
    }

    @Test
    void asksNobodyEverySecondForLonger() {
        assertThat(after(4, 1, VISIBLE_BY.plusSeconds(60))).isGreaterThan(SOON);
    }
}
