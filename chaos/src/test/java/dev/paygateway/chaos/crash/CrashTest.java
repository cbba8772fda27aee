package dev.paygateway.chaos.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.chaos.lab.Signal;
import dev.paygateway.chaos.load.Mix;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Goal: wherever on a payment's path the service dies, no payment is lost, doubled or left open.
 *
 * <p>Method: under a load of every card an instance is frozen at each named point in turn and
 * killed there; then both instances at once, and the database. The audit judges by the client's
 * history, the acquirers' books and the database.
 */
@Tag("system")
final class CrashTest {
    private static final double RATE_PER_SECOND = 10;
    private static final long SEED = Long.getLong("crash.seed", 20_261_124);

    /** Reversals need a silent card, and the end of the acquirer's visibility window. */
    private static final Duration POINT_LIMIT = Duration.ofSeconds(60);

    /** It ends when the last victim is back; no kill may come after it. */
    private static final Duration LOAD_MAX = Duration.ofMinutes(15);

    private static final Duration SETTLE = Duration.ofSeconds(130);
    private static final long ACKNOWLEDGED_MIN = 500;
    private static final long UNKNOWN_MIN = 10;

    @Test
    void losesAndDoublesNothingWhereverTheServiceDies() throws Exception {
        var told = new ArrayList<String>();
        told.add("crash test, seed " + SEED + " (repeat with -Dcrash.seed=" + SEED + ")");
        var instances = new ArrayList<>(World.INSTANCES);
        try (var world = World.up("crash-test")) {
            var load = world.load(RATE_PER_SECOND, Mix.ALL, SEED, LOAD_MAX, SETTLE);
            for (var point : CrashPoint.values()) {
                Collections.rotate(instances, 1);
                told.add(killAndRestart(world, point, instances.getFirst()));
            }
            killAllAtOnce(world, World.INSTANCES);
            told.add("both instances at once");
            killAllAtOnce(world, List.of("database"));
            told.add("the database");
            var outcome = Report.judge(world, load, SETTLE, told);
            var work = outcome.verdict().work();
            assertThat(work.acknowledged()).as(outcome.whole()).isGreaterThan(ACKNOWLEDGED_MIN);
            assertThat(work.unknowns()).as(outcome.whole()).isGreaterThan(UNKNOWN_MIN);
        }
    }

    private static String killAndRestart(World world, CrashPoint point, String instance)
            throws Exception {
        var from = System.nanoTime();
        assertThat(world.killAt(point, instance, POINT_LIMIT))
                .as("%s reached on %s within %s", point, instance, POINT_LIMIT)
                .isTrue();
        var hit = System.nanoTime();
        world.lab().start(instance);
        var line =
                "%-31s hit once, on %s after %5d ms, back after %5d ms"
                        .formatted(
                                point, instance, millis(from, hit), millis(hit, System.nanoTime()));
        System.out.println(line);
        return line;
    }

    private static long millis(long from, long until) {
        return Duration.ofNanos(until - from).toMillis();
    }

    private static void killAllAtOnce(World world, List<String> parts) {
        parts.forEach(part -> world.lab().stop(part, Signal.KILL));
        parts.forEach(part -> world.lab().start(part));
    }
}
