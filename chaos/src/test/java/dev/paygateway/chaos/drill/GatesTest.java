package dev.paygateway.chaos.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.chaos.load.LoadResult;
import dev.paygateway.chaos.load.Via;
import dev.paygateway.chaos.report.ClientView;
import dev.paygateway.chaos.report.DrillReport;
import dev.paygateway.chaos.report.FaultSpan;
import dev.paygateway.chaos.report.GateResult;
import dev.paygateway.chaos.report.Judgement;
import dev.paygateway.chaos.report.Judgement.LawState;
import dev.paygateway.chaos.report.Outage;
import dev.paygateway.chaos.report.StepDone;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
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
        private String phase = "fault";
        private String command = "./gateway x";
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

    /** Which CI plays once more: a shared machine may stand still for a while. */
    @Test
    void tellSecondsThatWereMissedFromAllElse() {
        assertThat(misses(it -> it.rto = Duration.ofMillis(15_001))).isTrue();
        assertThat(misses(it -> it.back = Optional.empty())).isTrue();
        assertThat(misses(it -> it.judgement = judgement("I17"))).isTrue();
        assertThat(misses(GatesTest::auditedTooSlow)).isTrue();
        assertThat(misses(_ -> {})).as("nothing is broken").isFalse();
    }

    @Test
    void missMoreThanSeconds() {
        assertThat(misses(it -> it.failed = 1)).isFalse();
        assertThat(misses(it -> it.disagreements = 1)).isFalse();
        assertThat(misses(it -> it.exit = 1)).isFalse();
        assertThat(misses(it -> it.judgement = judgement("I17", "I3"))).isFalse();
        assertThat(misses(it -> it.judgement = Judgement.none("no verdict"))).isFalse();
        assertThat(misses(it -> it.faults = List.of(fault(Optional.empty(), Optional.of("x")))))
                .isFalse();
        assertThat(
                        misses(it -> {
                            it.rto = Duration.ofMillis(15_001);
                            it.failed = 1;
                        }))
                .as("both")
                .isFalse();
        assertThat(
                        misses(it -> {
                            auditedTooSlow(it);
                            var laws = it.judgement.laws();
                            var words = List.of("0 unknown outcomes", "I17 f-1: too slow");
                            it.judgement = new Judgement(false, 1, laws, List.of(), words);
                        }))
                .as("it did too little, too")
                .isFalse();
    }

    private static void auditedTooSlow(Draft draft) {
        draft.command = "./gateway audit --strict";
        draft.phase = "check";
        draft.exit = 1;
        draft.judgement = judgement("I17");
    }

    private static boolean misses(Consumer<Draft> spoil) {
        var draft = new Draft();
        spoil.accept(draft);
        var subject = new DrillReport.Subject("d", "t", "h", 1, "c", AT, AT);
        var gates = Gates.of(BOUNDS, evidence(draft));
        var none = List.<FaultSpan>of();
        return new DrillReport(
                        subject, Map.of(), AT, List.of(), none, List.of(), gates, draft.judgement)
                .missedOnlyTime();
    }

    private static Judgement judgement(String... broken) {
        var laws = Stream.of(broken).map(id -> new LawState(id, "s", "violated", 1, 1)).toList();
        var words = Stream.of(broken).map(id -> id + " f-1: a problem").toList();
        return new Judgement(false, broken.length, laws, List.of(), words);
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
                new StepDone(
                        draft.phase, draft.command, AT, Duration.ZERO, draft.exit, complaint, "");
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
