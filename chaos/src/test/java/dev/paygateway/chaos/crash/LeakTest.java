package dev.paygateway.chaos.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paygateway.chaos.lab.Signal;
import dev.paygateway.chaos.load.Mix;
import dev.paygateway.chaos.recording.HeldReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: a leak in production is found by whichever of the three an operator looks at: the gauge
 * counts it, a recording and the log name the place that acquired.
 *
 * <p>Method: the real service with a store that now and then takes a connection and drops it, under
 * load and recorded as {@code ./gateway record} does. That a service without a leak shows none is
 * held by {@link RenewalTest}.
 */
@Tag("system-long")
final class LeakTest {
    private static final double RATE_PER_SECOND = 10;
    private static final long SEED = Long.getLong("crash.seed", 20_261_126);

    /** Enough for every leak: {@code LeakyStore} takes four, one at every fortieth commit. */
    private static final Duration LOAD = Duration.ofSeconds(40);

    private static final int LEAKS = 4;
    private static final Duration RECORDED = Duration.ofSeconds(30);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String PLACE = "dev.paygateway.sabotage.LeakyStore.leak";
    private static final String INSTANCE = "gateway-1";

    @TempDir private Path folder;

    @Test
    void isFoundInGaugeRecordingAndLog() throws Exception {
        var sabotage = List.of(World.jar("-sabotage"));
        var profiles = List.of("sabotage-leaked-connection");
        try (var world = World.up("leak-test", sabotage, profiles)) {
            var load = world.load(RATE_PER_SECOND, Mix.OK, SEED, LOAD, LIMIT);
            var file = folder.resolve("leak.jfr");
            world.lab().record(INSTANCE, RECORDED, file);
            load.await();
            isCounted(world);
            isRecorded(file);
            assertThat(world.log(INSTANCE))
                    .contains("leaked, its thread has ended: connection database")
                    .contains("acquired at " + PLACE);
            refusesWhatDoesNotRun(world, file);
        }
    }

    private static void isCounted(World world) throws Exception {
        assertThat(World.await(LIMIT, () -> world.seen(INSTANCE).open("connection") == LEAKS))
                .as("%d connections stay open", LEAKS)
                .isTrue();
        var oldest =
                world.seen(INSTANCE).sum("gateway_resources_oldest_seconds", "kind=\"connection\"");
        assertThat(oldest).isGreaterThan(1);
    }

    private static void isRecorded(Path file) throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        var report = HeldReport.read(file);
        assertThat(report.leaked())
                .isNotEmpty()
                .allSatisfy(leak -> {
                    assertThat(leak.kind()).isEqualTo("connection");
                    assertThat(leak.place()).startsWith(PLACE);
                });
        assertThat(report.oldest().getFirst().place()).startsWith(PLACE);
        assertThat(report.released())
                .hasEntrySatisfying(
                        "connection", times -> assertThat(times.count()).isGreaterThan(100));
    }

    private static void refusesWhatDoesNotRun(World world, Path file) {
        var lab = world.lab();
        lab.stop(INSTANCE, Signal.STOP);
        assertThatThrownBy(() -> lab.record(INSTANCE, LIMIT, file)).hasMessageContaining("frozen");
        lab.stop(INSTANCE, Signal.KILL);
        assertThatThrownBy(() -> lab.record(INSTANCE, LIMIT, file))
                .hasMessageContaining("./gateway start " + INSTANCE);
    }
}
