package dev.paygateway.chaos.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * Goal: the outage that a drill reports is the one that its client had.
 *
 * <p>Method: histories of ten payments a second, made here, with holes of known length.
 */
final class MeterTest {
    private static final Instant START = Instant.parse("2026-11-26T09:00:00Z");
    private static final Instant FAULT = START.plusSeconds(20);
    private static final Instant END = START.plusSeconds(60);
    private static final double RATE = 10;

    private final JsonMapper json = JsonMapper.shared();
    private final Meter meter = new Meter();

    @Test
    void measuresTheHoleBetweenTwoSuccesses() {
        steady(0, 21_500);
        steady(27_000, 60_000);
        var outage = meter.outage(List.of(FAULT), END, RATE);
        assertThat(outage.from()).isEqualTo(START.plusMillis(21_450));
        assertThat(outage.rto()).isEqualTo(Duration.ofMillis(27_050 - 21_450));
        assertThat(outage.back()).contains(Duration.ofMillis(27_050 - 20_000));
    }

    @Test
    void findsNoHoleWhereThereIsNone() {
        steady(0, 60_000);
        var outage = meter.outage(List.of(FAULT), END, RATE);
        assertThat(outage.rto()).isEqualTo(Duration.ofMillis(100));
        assertThat(outage.back()).contains(Duration.ZERO);
    }

    @Test
    void takesASlowAnswerLongAfterTheFaultForNoOutage() {
        steady(0, 50_000);
        steady(51_900, 60_000);
        var outage = meter.outage(List.of(FAULT), END, RATE);
        assertThat(outage.rto()).isEqualTo(Duration.ofSeconds(2));
        assertThat(outage.back()).contains(Duration.ZERO);
    }

    @Test
    void countsFromTheFaultThatMadeTheHole() {
        steady(0, 40_500);
        steady(45_000, 60_000);
        var faults = List.of(FAULT, START.plusSeconds(40), START.plusSeconds(55));
        var back = meter.outage(faults, END, RATE).back();
        assertThat(back).contains(Duration.ofMillis(45_050 - 40_000));
    }

    @Test
    void passesOverAHoleFromBeforeTheFault() {
        steady(0, 2_000);
        steady(12_000, 60_000);
        assertThat(meter.outage(List.of(FAULT), END, RATE).rto()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void isNotBackWhenNothingSucceedsAnyMore() {
        steady(0, 25_000);
        var outage = meter.outage(List.of(FAULT), END, RATE);
        assertThat(outage.rto()).isEqualTo(Duration.ofMillis(60_000 - 24_950));
        assertThat(outage.back()).isEmpty();
    }

    @Test
    void isNotBackWhileOnlyHalfOfThePaymentsAreAnswered() {
        steady(0, 21_000);
        for (int at = 24_000; at < 40_000; at += 200) {
            paid(at, 50);
        }
        steady(40_000, 60_000);
        var back = meter.outage(List.of(FAULT), END, RATE).back().orElseThrow();
        assertThat(back).isBetween(Duration.ofSeconds(19), Duration.ofSeconds(21));
    }

    @Test
    void countsAPaymentOnceWhateverItTook() {
        line("invoke", 0, "pay", "k1");
        line("info", 400, "pay", "k1");
        line("invoke", 1_000, "pay", "k1");
        line("ok", 1_500, "pay", "k1");
        line("invoke", 2_000, "get", "k1");
        line("ok", 2_100, "get", "k1");
        line("invoke", 2_500, "pay", "k1");
        line("ok", 2_600, "pay", "k1");
        var seconds = meter.seconds();
        assertThat(seconds).hasSize(3);
        assertThat(seconds.getFirst().arrived()).isOne();
        assertThat(seconds.getFirst().unknown()).isOne();
        assertThat(seconds.getFirst().p99()).isEqualTo(Duration.ofMillis(1_500));
        assertThat(seconds.stream().mapToInt(Second::arrived).sum()).isOne();
        assertThat(seconds.stream().mapToInt(Second::answered).sum()).isOne();
        assertThat(seconds.stream().mapToInt(Second::acknowledged).sum()).isEqualTo(2);
    }

    @Test
    void callsSteadyWhatIsServedAtItsRate() {
        steady(0, 3_000);
        line("invoke", 3_000, "pay", "lost");
        line("info", 4_000, "pay", "lost");
        steady(4_000, 20_000);
        assertThat(meter.isSteady(START.plusSeconds(11))).isFalse();
        assertThat(meter.isSteady(START.plusSeconds(15))).isTrue();
        assertThat(meter.isSteady(START.plusSeconds(40))).isFalse();
    }

    @Test
    void tellsHowItGoesWhileItGoes() {
        steady(0, 3_000);
        line("invoke", 3_000, "pay", "slow");
        var pulse = meter.pulse();
        assertThat(pulse.perSecond()).isEqualTo(10);
        assertThat(pulse.acknowledged()).isEqualTo(30);
        assertThat(pulse.waiting()).isOne();
    }

    private void steady(int fromMillis, int untilMillis) {
        for (int at = fromMillis; at < untilMillis; at += 100) {
            paid(at, 50);
        }
    }

    private void paid(int atMillis, int tookMillis) {
        line("invoke", atMillis, "pay", "k-" + atMillis);
        line("ok", atMillis + tookMillis, "pay", "k-" + atMillis);
    }

    private void line(String type, int atMillis, String operation, String key) {
        meter.take(
                json.createObjectNode()
                        .put("type", type)
                        .put("op", operation)
                        .put("key", key)
                        .put("wall", START.plusMillis(atMillis).toString()));
    }
}
