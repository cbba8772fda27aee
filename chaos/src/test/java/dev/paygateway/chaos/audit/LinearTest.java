package dev.paygateway.chaos.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/**
 * Goal: a payment with very many operations costs the audit as much as many payments with one each.
 *
 * <p>Method: one payment with thousands of refunds, judged within an amount of processor time that
 * work in the square of them would exceed; time on the wall would measure the neighbours.
 */
final class LinearTest {
    private static final int REFUNDS = 4_000;
    private static final long CPU_SECONDS_MAX = 4;

    @Test
    void oneHotPaymentIsNoSquare() {
        var world = new World();
        var story = world.story("hot", 1_000_000, true).approve();
        for (var number = 0; number < REFUNDS; number++) {
            story.refund("part" + number, 1).succeed().read();
        }
        var processor = ManagementFactory.getThreadMXBean();
        var before = processor.getCurrentThreadCpuTime();
        var verdict = world.judge();
        var seconds = (processor.getCurrentThreadCpuTime() - before) / 1_000_000_000L;
        assertThat(verdict.violations()).isEmpty();
        assertThat(seconds).isLessThan(CPU_SECONDS_MAX);
    }
}
