package dev.paygateway.acquirer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.payment.Merchant;
import dev.paygateway.payment.Operation;
import dev.paygateway.payment.Operation.Kind;
import dev.paygateway.payment.OperationId;
import dev.paygateway.payment.PaymentId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** Goal: no try of an operation ends later than it was given; recovery's calls come after that. */
class BudgetTest {
    private static final Instant NOW = Instant.parse("2026-11-30T05:00:00Z");

    private static Operation refund(Instant sendUntil, long fence) {
        var order =
                new Operation.Order(
                        new PaymentId("pay_1"),
                        new Merchant("m_1", Merchant.Mode.TEST),
                        Kind.REFUND,
                        Optional.of("ref_1"),
                        Money.ofMinor(CurrencyUnit.EUR, 1_099),
                        false,
                        Optional.empty(),
                        Optional.of(new OperationId("op_0")),
                        "amber",
                        Optional.of("key"),
                        "req",
                        sendUntil,
                        NOW);
        return new Operation(
                new OperationId("op_1"),
                order,
                Operation.State.SENT,
                Optional.empty(),
                Optional.empty(),
                new Operation.Watch(Optional.empty(), 0, 0),
                fence,
                NOW);
    }

    @Test
    void fitsAllTriesIntoACall() {
        var waits = Budget.BETWEEN_TRIES.multipliedBy(3).dividedBy(2);
        var tries = Budget.TRY.multipliedBy(Budget.TRIES_MAX);
        assertThat(tries.plus(waits.multipliedBy(Budget.TRIES_MAX - 1)))
                .isLessThanOrEqualTo(Budget.CALL);
    }

    @Test
    void endsTheFirstCallWithinWhatTheOperationWasGiven() {
        var soon = NOW.plusSeconds(3);
        assertThat(Budget.end(refund(soon, 0), NOW)).isEqualTo(soon);
        assertThat(Budget.end(refund(NOW.plusSeconds(8), 0), NOW)).isEqualTo(NOW.plus(Budget.CALL));
    }

    @Test
    void givesRecoveryItsOwnTime() {
        assertThat(Budget.end(refund(NOW.minus(Duration.ofHours(1)), 1), NOW))
                .isEqualTo(NOW.plus(Budget.CALL));
    }
}
