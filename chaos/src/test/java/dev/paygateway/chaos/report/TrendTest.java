package dev.paygateway.chaos.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.chaos.report.Trend.Past;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: a drill that became worse is seen, and the noise of a busy machine is not.
 *
 * <p>Method: made-up past runs, the last of them worse in one way each.
 */
final class TrendTest {
    private static final Instant START = Instant.parse("2026-11-26T09:00:00Z");

    @TempDir private Path folder;

    @Test
    void callsNothingARegressionWhileFiguresStay() {
        assertThat(regressions(run(6, true, 7_000, 0, 700))).isEmpty();
    }

    @Test
    void seesALongerOutage() {
        assertThat(regressions(run(6, true, 12_000, 0, 600)))
                .containsExactly("RTO 12000 ms, usually 5550 ms");
    }

    @Test
    void seesASlowerPercentile() {
        assertThat(regressions(run(6, true, 5_000, 0, 1_900)))
                .containsExactly("p99 1900 ms, usually 600 ms");
    }

    @Test
    void seesWhatFailsNow() {
        assertThat(regressions(run(6, false, 5_000, 2, 600)))
                .containsExactly(
                        "failed, the run before passed", "more failed payments than ever before");
    }

    @Test
    void readsTheReportsOfAFolder() throws IOException {
        ReportFiles.write(folder, Fixture.report(true));
        Files.createDirectories(folder.resolve("no-report"));
        var trend = Trend.read(folder);
        assertThat(trend.drills()).containsOnlyKeys("region-loss");
        var run = trend.drills().getOrDefault("region-loss", List.of()).getFirst();
        assertThat(run.rtoMs()).isEqualTo(9_200);
        assertThat(run.acknowledged()).isEqualTo(5_120);
        assertThat(trend.regressed()).isFalse();
        assertThat(trend.text()).contains("region-loss", "9.2 s", "passed");
        assertThat(Files.readString(trend.write(folder.resolve("trend.html"))))
                .contains("<svg", "region-loss", "9.2 s");
    }

    @Test
    void saysSoWhenThereIsNone() {
        assertThat(Trend.read(folder.resolve("nowhere")).text()).contains("no drill has been run");
    }

    private static List<String> regressions(Past last) {
        var before =
                IntStream.range(1, 6).mapToObj(it -> run(it, true, 5_500 + 50 * (it % 3), 0, 600));
        var trend = Trend.of(Stream.concat(before, Stream.of(last)).toList());
        var found = trend.drills().getOrDefault("x", List.of()).getLast().regressions();
        assertThat(trend.regressed()).isEqualTo(!found.isEmpty());
        return found;
    }

    private static Past run(int day, boolean passed, long rto, long failed, long p99) {
        return new Past(
                "x", START.plusSeconds(day), "c", passed, rto, failed, p99, 1_000, List.of());
    }
}
