package dev.paygateway.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.payment.OperationId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Goal: each region does its own work at once, and another's only while that one leaves it lying.
 *
 * <p>Method: time is told; north looks.
 */
class RotaTest {
    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");
    private static final OperationId NORTHS = new OperationId("op_n1");
    private static final OperationId EASTS = new OperationId("op_e1");
    private static final OperationId WESTS = new OperationId("op_w1");

    private final Rota rota = new Rota('n');

    @Test
    void doesItsOwnWorkAtOnce() {
        assertThat(rota.isOurs(NORTHS, NOW)).isTrue();
        assertThat(rota.mayWait(List.of(NORTHS), NOW)).isFalse();
    }

    @Test
    void leavesTheWorkOfOthersToThem() {
        assertThat(rota.isOurs(EASTS, NOW)).isFalse();
        assertThat(rota.mayWait(List.of(NORTHS, EASTS), NOW)).isTrue();
        rota.overdue(List.of(NORTHS), NOW);
        assertThat(rota.isOurs(EASTS, NOW)).isFalse();
    }

    @Test
    void standsInForARegionWhoseWorkIsOverdue() {
        rota.overdue(List.of(EASTS), NOW);
        assertThat(rota.isOurs(EASTS, NOW)).isTrue();
        assertThat(rota.isOurs(WESTS, NOW)).isFalse();
        assertThat(rota.mayWait(List.of(EASTS), NOW)).isFalse();
    }

    @Test
    void standsInForAWhileAndNoLonger() {
        rota.overdue(List.of(EASTS), NOW);
        var end = NOW.plus(Rota.STAND_IN);
        assertThat(rota.isOurs(EASTS, end.minusMillis(1))).isTrue();
        assertThat(rota.isOurs(EASTS, end)).isFalse();
    }
}
