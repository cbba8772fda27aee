package dev.paygateway.chaos.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Goal: a leg is told what a shape says, and what it says of itself is read as it is meant.
 *
 * <p>Method: the commands as text, and an answer that wirefilter 2.3.2 gave.
 */
final class WireFilterTest {
    private static final String INFO =
            """
            0000 DATA END WITH '.'
            WireFilter: bidirectional
            Loss   L->R 100+0U   R->L 2.5+0U
            Lburst L->R 0+0U   R->L 0+0U
            Delay  L->R 20+5N   R->L 20+5N
            Dup    L->R 0+0U   R->L 0+0U
            Bandw  L->R 1e+06+0U   R->L 1e+06+0U
            Speed  L->R 0+0U   R->L 0+0U
            .
            1000 Success
            """;

    private static final Shape SLOW =
            new Shape(
                    Duration.ofMillis(20),
                    Duration.ofMillis(5),
                    100,
                    2.5,
                    OptionalLong.of(8_000_000));

    @Test
    void saysWhatAShapeIs() {
        assertThat(WireFilter.commands(SLOW))
                .containsExactly(
                        "delay 20.000+5.000N",
                        "loss LR 100.000",
                        "loss RL 2.500",
                        "bandwidth 1000000");
        assertThat(WireFilter.commands(Shape.NORMAL))
                .containsExactly("delay 7.500", "loss LR 0.000", "loss RL 0.000", "bandwidth 0");
    }

    @Test
    void readsWhatALegSays() {
        assertThat(WireFilter.parse(INFO)).isEqualTo(SLOW);
        assertThatThrownBy(() -> WireFilter.parse("1000 Success"))
                .hasMessageContaining("says no Delay");
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "0, 101", "NaN, 0"})
    void refusesALossThatCannotBe(double out, double in) {
        assertThatThrownBy(() -> Shape.NORMAL.withLoss(out, in)).hasMessageContaining("cannot be");
    }

    @Test
    void refusesADelayThatVariesByMoreThanItself() {
        assertThatThrownBy(() -> Shape.NORMAL.withDelay(Duration.ofMillis(1), Duration.ofMillis(2)))
                .hasMessageContaining("cannot vary");
    }
}
