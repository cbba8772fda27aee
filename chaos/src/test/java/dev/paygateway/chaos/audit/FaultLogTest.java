package dev.paygateway.chaos.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paygateway.chaos.audit.evidence.BrokenEvidence;
import dev.paygateway.chaos.audit.evidence.Fault;
import dev.paygateway.chaos.audit.evidence.FaultLog;
import dev.paygateway.chaos.audit.evidence.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: the fault log is read as the fault runner writes it, and a line without a measurement does
 * not count as proof.
 *
 * <p>Method: logs of a few lines.
 */
final class FaultLogTest {
    private static final String HEAD =
            """
            {"id":"f-1","fault":"region-cut","manifest":"chaos/experiments/region-cut.yaml",\
            "kind":"NetworkChaos","targets":["east-gateway-1","east-database"],\
            """;

    private static final String INJECTED =
            HEAD + "\"event\":\"injected\",\"at\":\"2026-11-24T02:01:00.123Z\"}\n";

    private static final String PROVED =
            HEAD
                    + """
                    "event":"proved","at":"2026-11-24T02:01:02.000Z","evidence":{"what":\
                    "tcp connect north->east:3306","before":"31 ms","during":"timed out after 1 s"}}
                    """;

    private static final String HEALED =
            HEAD + "\"event\":\"healed\",\"at\":\"2026-11-24T02:02:00.000Z\"}\n";

    @TempDir private Path folder;

    private List<Fault> read(String text) throws IOException {
        return FaultLog.read(Files.writeString(folder.resolve("faults.jsonl"), text));
    }

    @Test
    void tellsWhatWasBrokenAndFromWhenToWhen() throws IOException {
        var fault = read(INJECTED + PROVED + HEALED).getFirst();
        assertThat(fault.name()).isEqualTo("region-cut");
        assertThat(fault.targets()).containsExactly("east-gateway-1", "east-database");
        assertThat(fault.injected()).isEqualTo(Instant.parse("2026-11-24T02:01:00.123Z"));
        assertThat(fault.healed()).contains(Instant.parse("2026-11-24T02:02:00Z"));
        assertThat(fault.proofs())
                .containsExactly(
                        "tcp connect north->east:3306: before 31 ms, during timed out after 1 s");
    }

    @Test
    void aClaimWithoutMeasurementIsNoProof() throws IOException {
        var claimed =
                HEAD + "\"event\":\"proved\",\"at\":\"2026-11-24T02:01:02Z\",\"evidence\":{}}\n";
        assertThat(read(INJECTED + claimed + HEALED).getFirst().hasBitten()).isFalse();
    }

    @Test
    void aTornLastLineIsPassedOver() throws IOException {
        var fault = read(INJECTED + PROVED + "{\"id\":\"f-1\",\"ev").getFirst();
        assertThat(fault.healed()).isEmpty();
        assertThat(fault.hasBitten()).isTrue();
    }

    @Test
    void aFaultThatNeverBeganIsRefused() {
        assertThatThrownBy(() -> read(PROVED))
                .isInstanceOf(BrokenEvidence.class)
                .hasMessageContaining("fault f-1 was never injected");
    }

    @Test
    void belongsToTheRunsThatItFellInto() throws IOException {
        var fault = read(INJECTED + PROVED + HEALED).getFirst();
        var world = World.consistent();
        var start = Instant.parse("2026-11-24T02:01:30Z");
        assertThat(fault.during(run(world, start))).isTrue();
        assertThat(fault.during(run(world, start.plusSeconds(60)))).isFalse();
        assertThat(fault.during(run(world, start.minusSeconds(60)))).isFalse();
    }

    private static Run run(World world, Instant from) {
        var run = Copy.with(world.run(), "started", from);
        return Copy.with(Copy.with(run, "seed", OptionalLong.of(1)), "ended", from.plusSeconds(20));
    }
}
