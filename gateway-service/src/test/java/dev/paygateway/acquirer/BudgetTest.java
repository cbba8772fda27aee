package dev.paygateway.acquirer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.payment.Operation;
import dev.paygateway.payment.Operation.Kind;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Goal: no try of an operation ends later than it was given; recovery's calls come after that. */
class BudgetTest {
    private static final Instant NOW = Operations.NOW;

    private static Operation refund(Instant sendUntil, long fence) {
        return Operations.of(Kind.REFUND, false, sendUntil, fence);
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
