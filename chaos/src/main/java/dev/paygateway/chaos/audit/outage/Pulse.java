package dev.paygateway.chaos.audit.outage;

import dev.paygateway.chaos.audit.evidence.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * When merchants were served, second by second. Fed dossier by dossier in any order; what it holds
 * grows with the length of the runs, not with their rate.
 */
final class Pulse {
    /** What is answered within this time of the first try was served at once. */
    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    private static final long SECOND = 1_000;

    /** So long between two tries is no silence: a client pauses before it repeats. */
    private static final long SHORT = 3 * SECOND;

    /** How long after a span its last gap is followed to its end. */
    private static final long GAP_LOOK_AHEAD = 600 * SECOND;

    private final NavigableMap<Long, Second> seconds = new TreeMap<>();
    private final Predicate<Call> mine;
    private long acknowledged;

    /**
     * @param mine whose answers count; what was asked counts in any case
     */
    Pulse(Predicate<Call> mine) {
        this.mine = mine;
    }

    /** Takes all calls of a payment that are to count. */
    void take(List<Call> calls) {
        var keys =
                calls.stream()
                        .filter(call -> call.isWrite() && call.key().isPresent())
                        .collect(Collectors.groupingBy(call -> call.key().orElseThrow()));
        keys.values().forEach(this::key);
    }

    private void key(List<Call> tries) {
        tries.forEach(this::take);
        acknowledged += tries.stream().filter(mine).anyMatch(Pulse::isAcknowledged) ? 1 : 0;
        var first = tries.getFirst();
        if (first.operation() == Call.Operation.PAY) {
            var asked = first.invoked().wall().toEpochMilli();
            at(asked).asked(tries.stream().filter(mine).anyMatch(call -> isAtOnce(call, asked)));
        }
    }

    private void take(Call call) {
        at(call.invoked().wall().toEpochMilli()).tried();
        call.answer().ifPresent(answer -> at(answer.at().wall().toEpochMilli()).tried());
        if (call.isServed() && mine.test(call)) {
            var served = servedAt(call);
            at(served).served(served);
        }
    }

    private static boolean isAcknowledged(Call call) {
        return call.outcome() == Call.Outcome.OK || call.outcome() == Call.Outcome.ACK;
    }

    private static boolean isAtOnce(Call call, long asked) {
        return call.isServed() && servedAt(call) - asked <= AT_ONCE.toMillis();
    }

    private static long servedAt(Call call) {
        return call.answer().orElseThrow().at().wall().toEpochMilli();
    }

    private Second at(long millis) {
        return seconds.computeIfAbsent(Math.floorDiv(millis, SECOND), _ -> new Second());
    }

    /** Keys that were answered 2xx. */
    long acknowledged() {
        return acknowledged;
    }

    /** When the last new payment was asked for; nothing if none ever was. */
    Optional<Long> lastAsked() {
        return seconds.descendingMap().entrySet().stream()
                .filter(entry -> entry.getValue().asked() > 0)
                .findFirst()
                .map(entry -> entry.getKey() * SECOND + SECOND - 1);
    }

    /** Whether a client tried anything in that time. */
    boolean isTried(long from, long until) {
        return !tried(from, until).isEmpty();
    }

    /**
     * The longest time without a served request that touches the span; what lies before it counts
     * too, unless {@code cut}.
     */
    long longestGap(Instant from, Instant until, boolean cut) {
        var start = from.toEpochMilli();
        var end = until.toEpochMilli();
        var before = servedBefore(start).filter(_ -> !cut).orElse(start);
        var longest = 0L;
        for (var second : between(start, end + GAP_LOOK_AHEAD).values()) {
            if (second.isServed() && second.lastServed() > start && before < end) {
                longest = Math.max(longest, gap(before, Math.max(second.firstServed(), start)));
                before = second.lastServed();
            }
        }
        var last = Math.min(lastAsked().orElse(before), end);
        return Math.max(longest, last > Math.max(before, start) ? gap(before, last) : 0);
    }

    /** Where nobody asked, nobody was kept waiting: it is from the first try to the last. */
    private long gap(long from, long until) {
        if (until - from < SHORT) {
            return until - from;
        }
        var tried = tried(from + SECOND, until - SECOND);
        if (tried.isEmpty()) {
            return 0;
        }
        var first = tried.getFirst() * SECOND;
        var last = (tried.getLast() + 1) * SECOND;
        return (until - last < SHORT ? until : last) - (first - from < SHORT ? from : first);
    }

    /** The seconds of that time in which a client tried anything. */
    private List<Long> tried(long from, long until) {
        return between(from, until).entrySet().stream()
                .filter(second -> second.getValue().tries() > 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    private Optional<Long> servedBefore(long millis) {
        return seconds
                .headMap(Math.floorDiv(millis, SECOND), false)
                .descendingMap()
                .values()
                .stream()
                .filter(Second::isServed)
                .findFirst()
                .map(Second::lastServed);
    }

    /** New payments asked for in that time. */
    long asked(long from, long until) {
        return between(from, until).values().stream().mapToLong(Second::asked).sum();
    }

    /** Of these, the ones that were served at once. */
    long servedAtOnce(long from, long until) {
        return between(from, until).values().stream().mapToLong(Second::servedAtOnce).sum();
    }

    private NavigableMap<Long, Second> between(long from, long until) {
        var first = Math.floorDiv(from, SECOND);
        var last = Math.max(first, Math.floorDiv(until, SECOND));
        return seconds.subMap(first, true, last, true);
    }
}
