package dev.paygateway.payment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * What clients and fate do in one simulated minute. Any item may be left out, so that a schedule
 * that went wrong can be made short.
 *
 * @param seed it was drawn from this
 * @param diceSeed decides all that is not scheduled: delays, lost answers, whose turn it is
 */
record Schedule(long seed, long diceSeed, List<Item> items) {
    /** One thing that happens. */
    sealed interface Item {
        /** When it begins. */
        Duration at();
    }

    /**
     * Something breaks, and is whole again after a while.
     *
     * @param isEast where; of the acquirers, the first
     * @param jump of a clock
     */
    record Fault(Duration at, Duration length, Kind kind, boolean isEast, Duration jump)
            implements Item {}

    /** A client buys, repeating the order's key in one region and the other. */
    record Purchase(Duration at, int order, boolean fromEast) implements Item {}

    /** A client captures, voids or refunds, if its order was approved. */
    record Use(Duration at, int order, int number, boolean fromEast) implements Item {}

    /** What can break. */
    enum Kind {
        PROCESS_KILLED("the service's process is killed"),
        PROCESS_PAUSED("the service's process stands still for 2, 10 or 40 s"),
        DATABASE_KILLED("the database node is killed"),
        DATABASE_PAUSED("the database node stands still for 2, 10 or 40 s"),
        COPY_LAGS("the database node applies what others commit up to 3 s late"),
        REGION_LOST("service and database are killed at once"),
        REGION_CUT("the database is cut off; clients and acquirers still reach the service"),
        REGION_ISOLATED("nothing gets in or out"),
        REGION_DEAF("nothing gets in, what the service says gets out"),
        REGION_MUTE("nothing gets out, what others say gets in"),
        REGION_FLAPS("the database is cut off and joined again every few seconds"),
        REGIONS_PARTED("East and North do not see each other; the arbitrator sees both"),
        ARBITRATOR_LOST("the arbitrator is killed"),
        ALL_CRASHED("services, databases and arbitrator are killed at once"),
        CLOCK_JUMPS("the service's clock jumps by 5 s or 10 min, either way, and back"),
        ACQUIRER_FAILS("an acquirer answers half of its calls with an error"),
        ACQUIRER_HANGS("an acquirer takes the calls and never answers");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    private static final List<Duration> PAUSES =
            List.of(Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(40));
    private static final List<Duration> JUMPS =
            List.of(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(-5),
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(-10));
    private static final int ORDERS_MAX = 3;
    private static final int FAULTS_MAX = 4;
    private static final int USES_MAX = 4;
    private static final int THROWS_MAX = 30;

    Schedule {
        items = List.copyOf(items);
    }

    static Schedule of(long seed) {
        var dice = new Random(seed);
        var items = new ArrayList<Item>();
        var orders = 1 + dice.nextInt(ORDERS_MAX);
        for (var order = 0; order < orders; order++) {
            buy(order, dice, items);
        }
        var faults = dice.nextInt(FAULTS_MAX + 1);
        for (var number = 0; number < faults; number++) {
            items.add(fault(dice));
        }
        return new Schedule(seed, ~seed, items);
    }

    /** Often the same key in both regions at once. */
    private static void buy(int order, Random dice, List<Item> items) {
        var at = within(dice, 30_000);
        var isEast = dice.nextBoolean();
        items.add(new Purchase(at, order, isEast));
        if (dice.nextBoolean()) {
            items.add(new Purchase(at, order, !isEast));
        }
        var uses = dice.nextInt(USES_MAX + 1);
        for (var number = 0; number < uses; number++) {
            var later = at.plus(within(dice, 25_000));
            items.add(new Use(later, order, number, dice.nextBoolean()));
            if (dice.nextInt(3) == 0) {
                items.add(new Use(later, order, number, dice.nextBoolean()));
            }
        }
    }

    private static Fault fault(Random dice) {
        var kind = Kind.values()[dice.nextInt(Kind.values().length)];
        return new Fault(
                within(dice, 40_000),
                length(kind, dice),
                kind,
                dice.nextBoolean(),
                any(JUMPS, dice));
    }

    /** A pause may outlast the lease that it began under; all else is whole within the minute. */
    private static Duration length(Kind kind, Random dice) {
        return switch (kind) {
            case PROCESS_PAUSED, DATABASE_PAUSED -> any(PAUSES, dice);
            case REGION_FLAPS, CLOCK_JUMPS -> within(dice, 20_000);
            default -> within(dice, 15_000);
        };
    }

    private static Duration any(List<Duration> some, Random dice) {
        return some.get(dice.nextInt(some.size()));
    }

    private static Duration within(Random dice, int millis) {
        return Duration.ofMillis(dice.nextInt(millis));
    }

    /** As little of it as still goes wrong: larger parts are left out first, then single items. */
    Schedule shrunk(Predicate<Schedule> isRed) {
        var least = this;
        for (var part = Math.max(1, items.size() / 2); part > 0; part /= 2) {
            for (var from = 0; from < least.items.size(); ) {
                var shorter = least.without(from, part).thrown(isRed);
                from += shorter.isPresent() ? 0 : part;
                least = shorter.orElse(least);
            }
        }
        return least;
    }

    /** What is left out moves all dice after it, so the rest is thrown anew a few times. */
    private Optional<Schedule> thrown(Predicate<Schedule> isRed) {
        return LongStream.range(0, THROWS_MAX)
                .mapToObj(number -> new Schedule(seed, diceSeed + number, items))
                .filter(isRed)
                .findFirst();
    }

    private Schedule without(int from, int count) {
        var kept = new ArrayList<>(items);
        kept.subList(from, Math.min(items.size(), from + count)).clear();
        return new Schedule(seed, diceSeed, kept);
    }

    @Override
    public String toString() {
        return items.stream()
                .map(Item::toString)
                .collect(
                        Collectors.joining(
                                "\n  ", "seed " + seed + ", dice " + diceSeed + ":\n  ", ""));
    }
}
