package dev.paygateway.chaos.audit.judge;

import dev.paygateway.chaos.audit.evidence.Call;
import dev.paygateway.chaos.audit.evidence.Call.Answer;
import dev.paygateway.chaos.audit.evidence.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * A look at a payment, and the newest of what had arrived at a client before the look began. What
 * overlaps it in time may have happened after it, and proves nothing.
 */
record Precedence(Sighting look, Sighting newest) {
    /** What the wall clocks of two clients may differ by. */
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(1);

    /** Whether one call had its answer before another began, for certain. */
    static boolean isBefore(Call first, Call second) {
        var answered = first.answer().map(Answer::at);
        return first.run().equals(second.run())
                ? answered.filter(it -> it.monotonic() < second.invoked().monotonic()).isPresent()
                : answered.map(it -> it.wall().plus(CLOCK_SKEW))
                        .filter(second.invoked().wall()::isAfter)
                        .isPresent();
    }

    /** By the monotonic clock of the one client that saw both. */
    static List<Precedence> ofOneClient(List<Sighting> told, List<Sighting> looks) {
        return sweep(told, looks, Moment::monotonic, 0);
    }

    /** By wall clocks, where one client was told and another looked. */
    static List<Precedence> ofTwoClients(List<Sighting> told, List<Sighting> looks) {
        return sweep(told, looks, moment -> moment.wall().toEpochMilli(), CLOCK_SKEW.toMillis());
    }

    /** Both lists sorted once and walked once. */
    private static List<Precedence> sweep(
            List<Sighting> told, List<Sighting> looks, ToLongFunction<Moment> clock, long skew) {
        ToLongFunction<Sighting> began = it -> clock.applyAsLong(it.call().invoked());
        ToLongFunction<Sighting> arrived = it -> clock.applyAsLong(it.answer().at());
        var arrivals = told.stream().sorted(Comparator.comparingLong(arrived)).toList();
        var found = new ArrayList<Precedence>();
        Sighting newest = null;
        var next = 0;
        for (var look : looks.stream().sorted(Comparator.comparingLong(began)).toList()) {
            while (next < arrivals.size()
                    && arrived.applyAsLong(arrivals.get(next)) + skew < began.applyAsLong(look)) {
                var seen = arrivals.get(next);
                newest = newest == null || newest.version() < seen.version() ? seen : newest;
                next++;
            }
            if (newest != null) {
                found.add(new Precedence(look, newest));
            }
        }
        return found;
    }

    boolean isOlder() {
        return look.version() < newest.version();
    }

    String problem() {
        return "%s shows version %d; %s had shown %d, %d ms before that call began"
                .formatted(
                        look.where(),
                        look.version(),
                        newest.where(),
                        newest.version(),
                        Duration.between(newest.answer().at().wall(), look.call().invoked().wall())
                                .toMillis());
    }
}
