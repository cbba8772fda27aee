package dev.paygateway.chaos.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.chaos.load.Mix;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Goal: credentials come and go for as long as one likes; no payment notices, and nothing of an old
 * one stays: no session, no login, no file, no thread, no memory.
 *
 * <p>Method: two instances under load on database users that last for six seconds, until so many
 * were exchanged ({@code -Drotation.count}, {@code -Drotation.rate}); what could grow is looked at
 * some thirty times on the way, and the payments are audited at the end.
 */
@Tag("system-long")
final class RotationUnderLoadTest {
    private static final int COUNT = Integer.getInteger("rotation.count", 60);
    private static final int RATE_PER_SECOND = Integer.getInteger("rotation.rate", 15);
    private static final long SEED = Long.getLong("crash.seed", 20_261_126);
    private static final int LOOKS = 30;

    private static final Duration LIFE = Duration.ofSeconds(3);
    private static final Duration LIFE_MAX = Duration.ofSeconds(6);

    /** One instance exchanges at 60 to 70 % of its credential's life. */
    private static final Duration STEP_MAX = LIFE_MAX.multipliedBy(Math.max(10, COUNT / LOOKS));

    private static final Duration LOAD_MAX = Duration.ofHours(2);
    private static final Duration SETTLE = Duration.ofSeconds(30);
    private static final Duration DRAIN_MAX = Duration.ofSeconds(40);
    private static final int POOLS_MAX = 3;

    private final Map<String, List<Vitals>> looks = new TreeMap<>();
    private long poolsMost;
    private long orphansMost;

    @Test
    void isNoticedByNobodyAndLeavesNothing() throws Exception {
        try (var world = World.plain("rotation-test")) {
            var credentials = ShortCredentials.in(world, LIFE, LIFE_MAX);
            world.warm();
            var load = world.load(RATE_PER_SECOND, Mix.OK, SEED, LOAD_MAX, SETTLE);
            var begun = System.nanoTime();
            for (var step = 1; step <= LOOKS; step++) {
                var until = (long) COUNT * step / LOOKS;
                assertThat(World.await(STEP_MAX, () -> credentials.exchanges() >= until))
                        .as("%d exchanges", until)
                        .isTrue();
                look(world, credentials);
            }
            var took = Duration.ofNanos(System.nanoTime() - begun);
            var told = new ArrayList<>(trends());
            told.add(
                    "%d exchanges in %d s, at most %d pools, %d orphaned sessions"
                            .formatted(
                                    credentials.exchanges(),
                                    took.toSeconds(),
                                    poolsMost,
                                    orphansMost));
            var outcome = Report.judge(world, load, SETTLE, told);
            System.out.println(Nearness.of(world));
            var whole = outcome.whole();
            assertThat(outcome.load().failed()).as(whole).isZero();
            assertThat(poolsMost).as(whole).isBetween(1L, (long) POOLS_MAX);
            assertThat(World.await(DRAIN_MAX, () -> isClean(credentials))).as(whole).isTrue();
            assertThat(grown()).as(whole).isEmpty();
        }
    }

    private void look(World world, ShortCredentials credentials)
            throws IOException, InterruptedException {
        for (var instance : World.INSTANCES) {
            var seen = Vitals.of(world, instance);
            looks.computeIfAbsent(instance, _ -> new ArrayList<>()).add(seen);
            poolsMost = Math.max(poolsMost, credentials.poolsAlive(instance));
        }
        orphansMost = Math.max(orphansMost, credentials.orphanedSessions());
    }

    /** The logins of the credentials in use, and no others but those that are being exchanged. */
    private static boolean isClean(ShortCredentials credentials) {
        return credentials.orphanedSessions() == 0
                && credentials.users().size() <= World.INSTANCES.size() + 1;
    }

    private List<String> trends() {
        return looks.entrySet().stream()
                .flatMap(each ->
                        Vitals.trends(each.getValue()).stream()
                                .map(trend -> each.getKey() + "  " + trend))
                .toList();
    }

    private List<Vitals.Trend> grown() {
        return looks.values().stream()
                .flatMap(each -> Vitals.trends(each).stream())
                .filter(Vitals.Trend::grows)
                .toList();
    }
}
