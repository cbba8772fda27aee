package dev.paygateway.chaos.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Goal: a command that ended otherwise than its page says is never taken for a good one.
 *
 * <p>Method: one expectation, and outcomes that keep it or break it in one way each.
 */
final class ExpectedTest {
    private static final Expected ONE_IS_DOWN =
            new Expected(1, Optional.empty(), List.of("DOWN", "UP"), List.of("silent"));

    @Test
    void isContentWithWhatItSays() {
        assertThat(ONE_IS_DOWN.complaint(outcome(1, "east DOWN, north UP"))).isEmpty();
    }

    @Test
    void complainsOfEachThingThatIsOtherwise() {
        assertThat(ONE_IS_DOWN.complaint(outcome(0, "east DOWN, north UP")))
                .contains("exit 0 instead of 1");
        assertThat(ONE_IS_DOWN.complaint(outcome(1, "east UP"))).contains("shows no DOWN");
        assertThat(ONE_IS_DOWN.complaint(outcome(1, "DOWN UP silent"))).contains("shows silent");
    }

    private static Launcher.Outcome outcome(int exit, String output) {
        return new Launcher.Outcome(exit, output, "");
    }
}
