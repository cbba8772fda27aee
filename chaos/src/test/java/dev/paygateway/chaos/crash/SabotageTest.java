package dev.paygateway.chaos.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.chaos.audit.Tally;
import dev.paygateway.chaos.audit.Verdict;
import dev.paygateway.chaos.audit.judge.Law;
import dev.paygateway.chaos.load.Mix;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Goal: the audit sees the mistakes that it guards against; a checker that stays green proves
 * nothing.
 *
 * <p>Method: the real service with one mistake put around its store, under the load of the crash
 * test; the audit must name the law that the mistake breaks.
 */
@Tag("system-long")
final class SabotageTest {
    private static final double RATE_PER_SECOND = 20;
    private static final long SEED = Long.getLong("crash.seed", 20_261_124);
    private static final Duration LOAD = Duration.ofSeconds(12);

    /** Only the card that always succeeds: there is nothing to wait for. */
    private static final Duration SETTLE = Duration.ofSeconds(10);

    private static final Duration POINT_LIMIT = Duration.ofSeconds(30);

    @Test
    void seesIdempotencyOff() throws Exception {
        assertThat(violatedUnder("sabotage-idempotency-off", List.of())).contains(Law.I2);
    }

    @Test
    void seesALostCommitTakenForAFailure() throws Exception {
        assertThat(violatedUnder("sabotage-lost-commit-failed", List.of()))
                .contains(Law.I3, Law.I10);
    }

    @Test
    void seesTheAcquirerCalledInsideTheTransaction() throws Exception {
        assertThat(violatedUnder("sabotage-acquirer-inside", List.of(CrashPoint.AFTER_THE_EFFECT)))
                .contains(Law.I3);
    }

    /** The laws broken by a load during which the first instance is killed at those points. */
    private static Set<Law> violatedUnder(String profile, List<CrashPoint> kills) throws Exception {
        var sabotage = List.of(World.jar("-sabotage"));
        try (var world = World.up("sabotage-test", sabotage, List.of(profile))) {
            var load = world.load(RATE_PER_SECOND, Mix.OK, SEED, LOAD, SETTLE);
            for (var point : kills) {
                assertThat(world.killAt(point, "gateway-1", POINT_LIMIT)).as("%s", point).isTrue();
                world.lab().start("gateway-1");
            }
            var result = load.await();
            var verdict = world.audit(SETTLE);
            System.out.println(profile + "\n" + Report.of(result) + "\n" + Report.of(verdict));
            return violated(verdict);
        }
    }

    private static Set<Law> violated(Verdict verdict) {
        return verdict.tallies().stream()
                .filter(tally -> tally.violations() > 0)
                .map(Tally::law)
                .collect(Collectors.toSet());
    }
}
