package dev.paygateway.chaos.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.chaos.lab.Signal;
import dev.paygateway.chaos.load.Mix;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Goal: an instance that is told to end ends in time, leaves nothing behind, and no payment fails.
 *
 * <p>Method: one of two instances under load is sent SIGTERM, again and again ({@code
 * -Dtermination.count}); after each its database user must be gone, and its log must say that
 * nothing was left open. The client repeats with the same key, at the other instance.
 */
@Tag("system-long")
final class TerminationTest {
    private static final int COUNT = Integer.getInteger("termination.count", 4);
    private static final int RATE_PER_SECOND = Integer.getInteger("termination.rate", 10);
    private static final long SEED = Long.getLong("crash.seed", 20_261_128);

    /** What an orchestrator grants beyond the drain of 25 s. */
    private static final Duration EXIT_MAX = Duration.ofSeconds(30);

    private static final Duration LOAD_MAX = Duration.ofHours(1);
    private static final Duration SETTLE = Duration.ofSeconds(60);
    private static final String LAST_WORD = "ended; 0 resources open";

    @Test
    void endsInTimeAndLeavesNothingBehind() throws Exception {
        var told = new ArrayList<String>();
        try (var world = World.plain("termination-test")) {
            world.warm();
            var load = world.load(RATE_PER_SECOND, Mix.OK, SEED, LOAD_MAX, SETTLE);
            for (var turn = 0; turn < COUNT; turn++) {
                var instance = World.INSTANCES.get(turn % World.INSTANCES.size());
                told.add(terminate(world, instance));
                world.lab().start(instance);
            }
            var outcome = Report.judge(world, load, SETTLE, told);
            assertThat(outcome.load().failed()).as(outcome.whole()).isZero();
        }
    }

    private static String terminate(World world, String instance) throws IOException {
        var before = lastWords(world, instance);
        var begun = System.nanoTime();
        world.lab().stop(instance, Signal.TERM);
        var took = Duration.ofNanos(System.nanoTime() - begun);
        var line = "%s ended %d ms after SIGTERM".formatted(instance, took.toMillis());
        System.out.println(line);
        assertThat(took).as(line).isLessThan(EXIT_MAX);
        assertThat(lastWords(world, instance)).as("its last word").isEqualTo(before + 1);
        assertThat(ShortCredentials.users(world)).as("the other instance's user").hasSize(1);
        return line;
    }

    private static long lastWords(World world, String instance) throws IOException {
        try (var log = Files.lines(world.lab().part(instance).log())) {
            return log.filter(line -> line.contains(LAST_WORD)).count();
        }
    }
}
