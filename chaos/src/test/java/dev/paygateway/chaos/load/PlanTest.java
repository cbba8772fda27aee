package dev.paygateway.chaos.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Goal: a seed repeats a run, and five minutes at 50/s meet every card often enough.
 *
 * <p>Method: draw 15,000 scenarios and count.
 */
class PlanTest {
    private static final int FIVE_MINUTES = 15_000;

    @Test
    void drawsTheSameForTheSameSeed() {
        var plan = new Plan(7, Mix.ALL, 2);

        assertThat(plan.scenario(99)).isEqualTo(new Plan(7, Mix.ALL, 2).scenario(99));
        assertThat(plan.scenario(99)).isNotEqualTo(new Plan(8, Mix.ALL, 2).scenario(99));
    }

    @Test
    void meetsEveryCardSequelAndTwist() {
        var plan = new Plan(7, Mix.ALL, 2);
        var drawn = IntStream.range(0, FIVE_MINUTES).mapToObj(plan::scenario).toList();
        var cards =
                drawn.stream()
                        .collect(Collectors.groupingBy(Scenario::card, Collectors.counting()));

        assertThat(cards).containsOnlyKeys(SandboxCard.values());
        assertThat(cards.values()).allMatch(count -> count > 40);
        assertThat(
                        Stream.of(SandboxCard.values())
                                .filter(SandboxCard::faulty)
                                .mapToLong(cards::get)
                                .sum())
                .isGreaterThan(100);
        assertThat(drawn.stream().map(Scenario::sequel).distinct()).hasSize(9);
        assertThat(drawn.stream().map(Scenario::twist).distinct()).hasSize(5);
        assertThat(drawn.stream().map(Scenario::merchant).distinct()).hasSize(2);
    }

    @Test
    void weighsCardsOutOfAThousand() {
        assertThat(Stream.of(SandboxCard.values()).mapToInt(SandboxCard::weight).sum())
                .isEqualTo(1_000);
    }

    @Test
    void drawsOnlyTheGoodCardIfAsked() {
        var plan = new Plan(7, Mix.OK, 2);

        assertThat(IntStream.range(0, 100).mapToObj(plan::scenario).map(Scenario::card))
                .containsOnly(SandboxCard.OK);
    }
}
