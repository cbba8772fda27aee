package dev.paygateway.chaos.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.chaos.kube.Exercise.Failures;
import dev.paygateway.chaos.load.LoadResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Goal: payments may fail for want of a database and of nothing else, and none may stay open.
 *
 * <p>Method: the results of four loads are held against both kinds of exercise.
 */
class ExerciseTest {
    private static final Exercise STRICT = new Exercise("a", "", _ -> "");
    private static final Exercise LENIENT = new Exercise("b", "", Failures.COUNTED, _ -> "");

    private static LoadResult load(long failed, long disagreements, long open) {
        var latency = new LoadResult.Latency(Duration.ZERO, Duration.ZERO, Duration.ZERO);
        return new LoadResult(
                1,
                9,
                9,
                9,
                0,
                0,
                Map.of(),
                0,
                failed,
                failed,
                0,
                disagreements,
                open,
                latency,
                5,
                Path.of("history"));
    }

    @Test
    void allowsFailuresWhereTheyAreOnlyCounted() {
        assertThat(STRICT.allows(load(0, 0, 0))).isTrue();
        assertThat(STRICT.allows(load(1, 0, 0))).isFalse();
        assertThat(LENIENT.allows(load(1, 0, 0))).isTrue();
    }

    @Test
    void allowsNothingLeftOpenOrContradicted() {
        assertThat(LENIENT.allows(load(0, 0, 1))).isFalse();
        assertThat(LENIENT.allows(load(0, 1, 0))).isFalse();
    }
}
