package dev.paygateway.chaos.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.chaos.report.FaultSpan;
import dev.paygateway.chaos.report.StepDone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: the fault spans of a report are those that were, each with its proof or none.
 *
 * <p>Method: a log as the faults write it, and commands that break by hand.
 */
final class SpansTest {
    private static final Instant START = Instant.parse("2026-11-26T09:00:00Z");

    @TempDir private Path folder;

    @Test
    void joinsTheLinesOfAFault() throws IOException {
        var log = folder.resolve("faults.jsonl");
        Files.writeString(
                log,
                line("f-0", "injected", "08:59:00", "")
                        + line("f-1", "injected", "09:00:10", "")
                        + line(
                                "f-1",
                                "proved",
                                "09:00:11",
                                ",\"evidence\":{\"what\":\"tcp\",\"before\":\"31 ms\","
                                        + "\"during\":\"timed out\"}")
                        + line("f-2", "injected", "09:00:12", "")
                        + line("f-1", "healed", "09:00:40", "")
                        + "{\"id\":\"f-9\",\"torn");
        assertThat(Spans.of(log, START))
                .containsExactly(
                        new FaultSpan(
                                "region-cut",
                                "east-database",
                                START.plusSeconds(10),
                                Optional.of(START.plusSeconds(40)),
                                Optional.of("tcp: 31 ms, then timed out")),
                        new FaultSpan(
                                "region-cut",
                                "east-database",
                                START.plusSeconds(12),
                                Optional.empty(),
                                Optional.empty()));
    }

    @Test
    void isWholeWhenTheLastOfItIsStarted() throws IOException {
        var terms = new Terms(folder, folder, 1, false, false, 0);
        Files.createDirectories(terms.run());
        var byHand = new ByHand(terms, "total-crash");
        byHand.note(step("fault", "stop arbitrator north-database --signal KILL", 10, 0));
        byHand.note(step("heal", "start arbitrator", 20, 0));
        assertThat(Spans.of(terms.faultLog(), START).getFirst().until()).isEmpty();
        byHand.note(step("heal", "start north-database", 30, 0));
        assertThat(Spans.of(terms.faultLog(), START).getFirst().until())
                .contains(START.plusSeconds(31));
    }

    @Test
    void tellsWhatWasBrokenByHand() throws IOException {
        var terms = new Terms(folder, folder, 1, false, false, 0);
        Files.createDirectories(terms.run());
        var byHand = new ByHand(terms, "database-node");
        byHand.note(step("fault", "stop database --signal KILL", 10, 0));
        byHand.note(step("fault", "stop vault", 11, 2));
        byHand.note(step("fault", "region drain east", 12, 0));
        byHand.note(step("fault", "load --rate 5", 12, 0));
        byHand.note(step("during", "stop amber", 13, 0));
        byHand.note(step("heal", "start vault", 20, 0));
        byHand.note(step("heal", "start database vault", 30, 0));
        var before = Instant.now();
        byHand.healAll();
        var spans = Spans.of(terms.faultLog(), START);
        assertThat(spans).extracting(FaultSpan::name).containsOnly("database-node");
        assertThat(spans).extracting(FaultSpan::targets).containsExactly("database", "east");
        assertThat(spans).extracting(FaultSpan::from).contains(START.plusSeconds(10));
        assertThat(spans.getFirst().until()).contains(START.plusSeconds(31));
        assertThat(spans.getLast().until().orElseThrow())
                .isAfterOrEqualTo(before.truncatedTo(ChronoUnit.MILLIS));
        assertThat(spans).allMatch(span -> span.evidence().orElse("").contains("said"));
    }

    private static StepDone step(String phase, String words, int at, int exit) {
        return new StepDone(
                phase,
                "./gateway " + words,
                START.plusSeconds(at),
                Duration.ofSeconds(1),
                exit,
                Optional.of("exit").filter(_ -> exit != 0),
                "said");
    }

    private static String line(String id, String event, String time, String more) {
        return """
        {"id":"%s","fault":"region-cut","kind":"NetworkChaos","targets":["east-database"],\
        "event":"%s","at":"2026-11-26T%s.000Z"%s}
        """
                .formatted(id, event, time, more);
    }
}
