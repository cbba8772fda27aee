package dev.paygateway.chaos.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.chaos.load.LoadResult;
import dev.paygateway.chaos.load.Via;
import dev.paygateway.chaos.report.ClientView;
import dev.paygateway.chaos.report.FaultSpan;
import dev.paygateway.chaos.report.GateResult;
import dev.paygateway.chaos.report.Judgement;
import dev.paygateway.chaos.report.Outage;
import dev.paygateway.chaos.report.StepDone;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Goal: no gate is decoration: each goes red by the one thing that it guards against.
 *
 * <p>Method: the evidence of a good drill, spoiled in one place at a time.
 */
final class GatesTest {
    private static final Instant AT = Instant.parse("2026-11-26T09:00:00Z");
    private static final Bounds BOUNDS =
            new Bounds(
                    Map.of(Via.BOTH, Duration.ofSeconds(15)),
                    Optional.of(Duration.ofSeconds(30)),
                    0,
                    100);
    private static final Gates.Evidence GOOD = evidence(new Draft());

    /** What a spoiled drill has otherwise. */
    private static final class Draft {
        private Duration rto = Duration.ofSeconds(6);
        private Optional<Duration> back = Optional.of(Duration.ofSeconds(7));
        private long acknowledged = 100;
        private long failed;
        private long open;
        private long disagreements;
        private int exit;
        private List<FaultSpan> faults =
                List.of(
                        new FaultSpan(
                                "f", "t", AT, Optional.of(AT), Optional.of("31 ms, then nothing")));
        private Judgement judgement = new Judgement(true, 0, List.of(), List.of(), List.of());
    }

    @Test
    void areAllGreenForAGoodDrill() {
        assertThat(Gates.of(BOUNDS, GOOD)).hasSize(10).allMatch(GateResult::passed);
    }

    @Test
    void goRedByTheClientsClock() {
        assertThat(
                        broken(it -> {
                            it.rto = Duration.ofMillis(15_001);
                            return it;
                        }))
                .containsExactly("RTO, client both");
        assertThat(
                        broken(it -> {
                            it.back = Optional.of(Duration.ofSeconds(31));
                            return it;
                        }))
                .containsExactly("99 % of the rate back, client both");
        assertThat(
                        broken(it -> {
                            it.back = Optional.empty();
                            return it;
                        }))
                .containsExactly("99 % of the rate back, client both");
    }

    @Test
    void goRedByPayments() {
        assertThat(
                        broken(it -> {
                            it.failed = 1;
                            return it;
                        }))
                .containsExactly("failed payments");
        assertThat(
                        broken(it -> {
                            it.open = 1;
                            return it;
                        }))
                .containsExactly("open at the end");
        assertThat(
                        broken(it -> {
                            it.disagreements = 1;
                            return it;
                        }))
                .containsExactly("answers that disagree");
        assertThat(
                        broken(it -> {
                            it.acknowledged = 99;
                            return it;
                        }))
                .containsExactly("acknowledged, client both");
    }

    @Test
    void goRedByAFaultThatDidNotBite() {
        assertThat(
                        broken(it -> {
                            it.faults = List.of();
                            return it;
                        }))
                .containsExactly("faults that provably bit");
        assertThat(
                        broken(it -> {
                            it.faults = List.of(fault(Optional.of(AT), Optional.empty()));
                            return it;
                        }))
                .containsExactly("faults that provably bit");
        assertThat(
                        broken(it -> {
                            it.faults = List.of(fault(Optional.empty(), Optional.of("x")));
                            return it;
                        }))
                .containsExactly("faults healed");
    }

    @Test
    void goRedByAStepOrTheAudit() {
        assertThat(
                        broken(it -> {
                            it.exit = 1;
                            return it;
                        }))
                .containsExactly("commands that ended as the page says");
        assertThat(
                        broken(it -> {
                            it.judgement = new Judgement(false, 0, List.of(), List.of(), List.of());
                            return it;
                        }))
                .containsExactly("audit");
        assertThat(
                        broken(it -> {
                            it.judgement = new Judgement(true, 1, List.of(), List.of(), List.of());
                            return it;
                        }))
                .containsExactly("audit");
    }

    private static List<String> broken(UnaryOperator<Draft> spoil) {
        return Gates.of(BOUNDS, evidence(spoil.apply(new Draft()))).stream()
                .filter(it -> !it.passed())
                .map(GateResult::name)
                .toList();
    }

    private static Gates.Evidence evidence(Draft draft) {
        var client =
                new ClientView(
                        "both",
                        new Outage(AT, draft.rto, draft.back),
                        100,
                        draft.acknowledged,
                        draft.failed,
                        3,
                        4,
                        draft.open,
                        Duration.ofMillis(50),
                        Duration.ofMillis(500),
                        Duration.ofMillis(5_000),
                        List.of());
        var complaint = Optional.of("exit").filter(_ -> draft.exit != 0);
        var step =
                new StepDone("fault", "./gateway x", AT, Duration.ZERO, draft.exit, complaint, "");
        return new Gates.Evidence(
                List.of(client),
                List.of(load(draft.disagreements)),
                draft.faults,
                List.of(step),
                draft.judgement);
    }

    private static LoadResult load(long disagreements) {
        var some = Duration.ofMillis(50);
        return new LoadResult(
                1,
                100,
                100,
                100,
                0,
                0,
                Map.of(),
                0,
                0,
                0,
                0,
                disagreements,
                0,
                new LoadResult.Latency(some, some, some),
                20,
                Path.of("h"));
    }

    private static FaultSpan fault(Optional<Instant> until, Optional<String> evidence) {
        return new FaultSpan("f", "t", AT, until, evidence);
    }
}
