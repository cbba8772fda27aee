package dev.paygateway.chaos.drill;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.chaos.fault.journal.FaultEvent;
import dev.paygateway.chaos.fault.journal.FaultLog;
import dev.paygateway.chaos.fault.journal.Journal;
import dev.paygateway.chaos.lab.Await;
import dev.paygateway.chaos.report.StepDone;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: what a page stops is started again, whatever becomes of the drill, and told once.
 *
 * <p>Method: a drill in a process of its own is killed outright while a part is stopped; another
 * one starts the part itself; the command of a third fails. Real guardians, a file for the part.
 */
class ByHandTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final List<String> STOP = List.of("stop", "east-gateway-1", "--signal", "KILL");

    @TempDir private Path run;

    @Test
    void isStartedAgainWhenTheDrillIsKilled() throws IOException {
        var started = run.resolve("started");
        var drill =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-cp",
                                System.getProperty(
                                        "surefire.real.class.path",
                                        System.getProperty("java.class.path")),
                                ByHandMain.class.getName(),
                                run.toString(),
                                started.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (var said = drill.inputReader(UTF_8)) {
            assertThat(said.readLine()).isEqualTo("stopped");
            assertThat(started).doesNotExist();
        } finally {
            drill.destroyForcibly();
        }
        assertThat(Await.holds(LIMIT, () -> !events().isEmpty())).isTrue();
        assertThat(started).exists();
        assertThat(events()).containsExactly(FaultEvent.HEALED);
    }

    @Test
    void isLeftAloneWhenThePageStartsIt() {
        var byHand = byHand();
        byHand.expect(Phase.FAULT, STOP);
        byHand.note(step(Phase.FAULT, "./gateway stop east-gateway-1 --signal KILL", 0));
        assertThat(only().guardian()).isPresent();
        byHand.note(step(Phase.HEAL, "./gateway start east-gateway-1", 0));
        assertThat(events())
                .containsExactly(FaultEvent.INJECTED, FaultEvent.PROVED, FaultEvent.HEALED);
        assertThat(only().undone()).isTrue();
        assertThat(Await.holds(LIMIT, () -> only().guardian().isEmpty())).isTrue();
        assertThat(run.resolve("started")).doesNotExist();
    }

    @Test
    void isStartedAgainWhenThePageDidNot() {
        var byHand = byHand();
        byHand.expect(Phase.FAULT, STOP);
        byHand.note(step(Phase.CHECK, "./gateway status", 1));
        byHand.note(step(Phase.FAULT, "./gateway stop east-gateway-1 --signal KILL", 0));
        byHand.note(step(Phase.HEAL, "./gateway start east-gateway-1", 1));
        assertThat(run.resolve("started")).doesNotExist();
        byHand.healAll();
        assertThat(run.resolve("started")).exists();
        assertThat(events())
                .containsExactly(FaultEvent.INJECTED, FaultEvent.PROVED, FaultEvent.HEALED);
    }

    @Test
    void isStartedAgainWhenTheCommandFails() {
        var byHand = byHand();
        byHand.expect(Phase.FAULT, STOP);
        byHand.note(step(Phase.FAULT, "./gateway stop east-gateway-1 --signal KILL", 1));
        assertThat(run.resolve("started")).exists();
        assertThat(events()).isEmpty();
    }

    private ByHand byHand() {
        return new ByHand(run, "region-loss", _ -> List.of("touch " + run.resolve("started")));
    }

    private Journal only() {
        return Journal.all(run).getFirst();
    }

    private List<String> events() {
        return new FaultLog(run).read().stream().map(FaultEvent::event).toList();
    }

    private static StepDone step(Phase phase, String command, int exit) {
        return new StepDone(
                phase.toString(),
                command,
                Instant.EPOCH,
                Duration.ZERO,
                exit,
                exit == 0 ? Optional.empty() : Optional.of("exit " + exit),
                "");
    }
}
