package dev.paygateway.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Goal: two regions over one Galera cluster keep what they said, whatever is cut, killed, stale or
 * in doubt: one charge an order, one answer a key, no acknowledged payment lost, and an end to
 * everything once all is whole.
 *
 * <p>Method: the product's own decisions and driver over a model of Galera, in simulated time; a
 * red schedule is made as short as it stays red, and printed. {@code -Dsimulation.seeds=N} runs
 * more, {@code -Dsimulation.first=S} begins elsewhere.
 */
class RegionSimulationTest {
    private static final long FIRST = Long.getLong("simulation.first", 0);
    private static final long SEEDS = Long.getLong("simulation.seeds", 2_000);
    private static final int SEEDS_TO_FIND_A_BUG = 1_000;

    private static final List<String> TROUBLES =
            List.of(
                    "conflict",
                    "not primary",
                    "causal read timed out",
                    "unknown, yet committed",
                    "late ghost",
                    "key held",
                    "taken over");

    @Test
    void regionsKeepWhatTheySaid() {
        var work = new TreeMap<String, Integer>();
        var begin = System.nanoTime();
        for (var seed = FIRST; seed < FIRST + SEEDS; seed++) {
            var schedule = Schedule.of(seed);
            var outcome = Regions.run(schedule, Bug.NONE);
            if (outcome.isRed()) {
                throw new AssertionError(story(schedule, Bug.NONE));
            }
            outcome.work().forEach((what, count) -> work.merge(what, count, Integer::sum));
        }
        var took = Duration.ofNanos(System.nanoTime() - begin);
        System.out.printf(
                "%,d schedules of two regions, %,d an hour: %s%n",
                SEEDS, SEEDS * Duration.ofHours(1).toMillis() / took.toMillis(), work);
        assertThat(work)
                .as("a run that met no trouble proves nothing")
                .containsKeys(TROUBLES.toArray(String[]::new));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void noticesTheBugsItGuardsAgainst(Bug bug) {
        var red =
                LongStream.range(0, SEEDS_TO_FIND_A_BUG)
                        .mapToObj(Schedule::of)
                        .filter(schedule -> Regions.run(schedule, bug).isRed())
                        .findFirst();
        assertThat(red).as("%s within %d seeds", bug, SEEDS_TO_FIND_A_BUG).isPresent();
        var schedule = red.orElseThrow();
        var least = least(schedule, bug);
        System.out.printf(
                "%s found after %d schedules; %d items made %d%n",
                bug, schedule.seed() + 1, schedule.items().size(), least.items().size());
        assertThat(Regions.run(least, bug).isRed()).as("%s", least).isTrue();
        assertThat(Regions.run(least, Bug.NONE).violations()).as("%s", least).isEmpty();
    }

    private static Schedule least(Schedule schedule, Bug bug) {
        return schedule.shrunk(each -> Regions.run(each, bug).isRed());
    }

    private static String story(Schedule schedule, Bug bug) {
        var least = least(schedule, bug);
        return least + "\n  -> " + Regions.run(least, bug).violations().getFirst();
    }
}
