package dev.paygateway.chaos.load;

import dev.paygateway.chaos.load.Scenario.Sequel;
import dev.paygateway.chaos.load.Scenario.Twist;
import dev.paygateway.client.Money;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Draws scenarios: the same seed and number give the same scenario, whatever happened before. */
final class Plan {
    private static final List<String> CURRENCIES = List.of("EUR", "USD", "CNY", "JPY");
    private static final long AMOUNT_MIN = 100;
    private static final long AMOUNT_MAX = 50_000;
    private static final List<Sequel> SEQUELS = List.of(Sequel.values());

    /** Out of 100. */
    private static final int SHARE_LEFT_CAPTURED = 55;

    private static final int SHARE_TWISTED = 20;

    private final long seed;
    private final Mix mix;
    private final int merchants;

    Plan(long seed, Mix mix, int merchants) {
        this.seed = seed;
        this.mix = mix;
        this.merchants = merchants;
    }

    Scenario scenario(int number) {
        // A step of its own for each number: the generator mixes it well.
        var dice = new SplittableRandom(seed + 0x9E3779B97F4A7C15L * (number + 1L));
        return new Scenario(
                number,
                dice.nextInt(merchants),
                card(dice),
                Money.of(
                        dice.nextLong(AMOUNT_MIN, AMOUNT_MAX),
                        CURRENCIES.get(dice.nextInt(CURRENCIES.size()))),
                sequel(dice),
                twist(dice),
                dice.nextDouble(0.1, 0.9));
    }

    private SandboxCard card(SplittableRandom dice) {
        return switch (mix) {
            case OK -> SandboxCard.OK;
            case ALL -> weighted(dice);
        };
    }

    private static SandboxCard weighted(SplittableRandom dice) {
        int left =
                dice.nextInt(Stream.of(SandboxCard.values()).mapToInt(SandboxCard::weight).sum());
        for (var card : SandboxCard.values()) {
            left -= card.weight();
            if (left < 0) {
                return card;
            }
        }
        throw new IllegalStateException("the weights do not add up");
    }

    private static Sequel sequel(SplittableRandom dice) {
        return dice.nextInt(100) < SHARE_LEFT_CAPTURED
                ? Sequel.LEFT_CAPTURED
                : SEQUELS.get(dice.nextInt(SEQUELS.size()));
    }

    private static Twist twist(SplittableRandom dice) {
        var twists = Twist.values();
        return dice.nextInt(100) < SHARE_TWISTED
                ? twists[dice.nextInt(1, twists.length)]
                : Twist.NONE;
    }
}
