package dev.paygateway.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.testing.GeneratedPage;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
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

    private static final Map<Bug, Found> FOUND = new ConcurrentSkipListMap<>();

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
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NONE", "FENCE_OFF"})
    void noticesTheBugsItGuardsAgainst(Bug bug) {
        var red =
                LongStream.range(0, SEEDS_TO_FIND_A_BUG)
                        .mapToObj(Schedule::of)
                        .filter(schedule -> Regions.run(schedule, bug).isRed())
                        .findFirst();
        assertThat(red).as("%s within %d seeds", bug, SEEDS_TO_FIND_A_BUG).isPresent();
        var schedule = red.orElseThrow();
        var least = least(schedule, bug);
        FOUND.put(bug, new Found(schedule, least));
        assertThat(Regions.run(least, bug).isRed()).as("%s", least).isTrue();
        assertThat(Regions.run(least, Bug.NONE).violations()).as("%s", least).isEmpty();
    }

    /**
     * A planted mistake, the first schedule that showed it, and the least of it that still does.
     */
    private record Found(Schedule schedule, Schedule least) {
        String row(Bug bug) {
            return "%-31s %-4s after %4d schedules, %2d items made %d"
                    .formatted(
                            bug,
                            bug.invariant(),
                            schedule.seed() + 1,
                            schedule.items().size(),
                            least.items().size());
        }
    }

    @AfterAll
    static void printFound() {
        FOUND.forEach((bug, found) -> System.out.println(found.row(bug)));
        FOUND.entrySet().stream()
                .max(Comparator.comparingInt(entry -> entry.getValue().least().items().size()))
                .ifPresent(entry ->
                        System.out.println(
                                entry.getKey()
                                        + ": "
                                        + story(entry.getValue().least(), entry.getKey())));
    }

    @Test
    void saysWhatItDoes() throws IOException {
        GeneratedPage.hold("simulation.md", page(), RegionSimulationTest.class);
    }

    private static String page() {
        var faults =
                Stream.of(Schedule.Kind.values())
                        .map(kind -> "| `%s` | %s |".formatted(kind, kind.words()))
                        .collect(Collectors.joining("\n"));
        return """
        # The simulation of two regions

        Generated by `RegionSimulationTest`.

        ## What breaks

        Beside these, at any time: a commit that rolls back, one whose connection is lost before or
        after it, one that takes effect up to 12 s after its client gave up; a copy that applies late
        what the other region has acknowledged; at the acquirers an answer lost or slow, a request
        that arrives a minute late, another amount, a refusal, an effect hidden from inquiry, a
        refund sent back.

        | fault | what happens |
        |---|---|
        %s

        ## Mistakes that it must notice

        Each is found within %,d schedules.

        | mistake | breaks | what is done |
        |---|---|---|
        %s

        `FENCE_OFF`, by which whoever held an operation once may still write it, is no such mistake:
        money rests on the payment's version alone (decision 0010).
        """
                .formatted(faults, SEEDS_TO_FIND_A_BUG, bugs());
    }

    private static String bugs() {
        return Stream.of(Bug.values())
                .filter(bug -> bug != Bug.NONE && bug != Bug.FENCE_OFF)
                .map(bug -> "| `%s` | %s | %s |".formatted(bug, bug.invariant(), bug.words()))
                .collect(Collectors.joining("\n"));
    }

    private static Schedule least(Schedule schedule, Bug bug) {
        return schedule.shrunk(each -> Regions.run(each, bug).isRed());
    }

    private static String story(Schedule schedule, Bug bug) {
        var least = least(schedule, bug);
        return least + "\n  -> " + Regions.run(least, bug).violations().getFirst();
    }
}
