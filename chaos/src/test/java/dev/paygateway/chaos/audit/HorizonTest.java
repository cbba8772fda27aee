package dev.paygateway.chaos.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.chaos.audit.judge.Law;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Goal: an outcome that stayed open for too long is held against the run in which it was settled,
 * and not against a later one that knows nothing of the faults of that time.
 *
 * <p>Method: a payment that was silent for twice the bound, judged by histories that begin before
 * and after its end.
 */
final class HorizonTest {
    private static final Duration LONG = World.BOUND.multipliedBy(2);

    @Test
    void blamesWhatWasSettledTooLateAfterARun() {
        var world = World.consistent();
        var run = world.run();
        settleLate(world);
        assertThat(World.broken(world.judgeBy(run))).containsExactly(Law.I16);
    }

    @Test
    void excusesTheTimeInWhichTheRunsFaultsRaged() {
        var world = World.consistent();
        settleLate(world);
        assertThat(World.broken(world.judgeBy(world.run()))).isEmpty();
    }

    @Test
    void blamesNobodyForWhatWasSettledBeforeTheRun() {
        var world = World.consistent();
        settleLate(world);
        assertThat(World.broken(world.judgeBy(world.runFromNow()))).isEmpty();
    }

    private static void settleLate(World world) {
        var story = world.story("late", 9000, true).silence();
        world.pass(LONG);
        story.approve();
        world.tick();
    }
}
