package dev.paygateway.payment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A model of one Galera cluster in simulated time: a copy in each of two regions, and an arbitrator
 * that only votes. Changes are tried on the local copy, then certified in one order for all: of two
 * that wrote the same row unseen by each other the first one wins. Copies lag; without a majority
 * nothing is served.
 */
final class Galera {
    /** Who votes. */
    enum Member {
        EAST,
        NORTH,
        ARBITRATOR
    }

    /**
     * A transaction.
     *
     * @param rows what it writes, unique keys among it
     * @param guard whether it has anything to write, given the rows that it sees
     * @param effect the same on each copy
     */
    record Change(List<Object> rows, Predicate<MemoryStore> guard, Consumer<MemoryStore> effect) {}

    /** What a client learns of its transaction. */
    enum Verdict {
        COMMITTED,
        /** Its guard did not hold on the local copy. */
        GUARDED,
        /** Rolled back: a transaction certified earlier wrote one of its rows. */
        CONFLICT,
        NOT_EXECUTED,
        /** The connection was lost at COMMIT. */
        UNKNOWN
    }

    private record Arrival(Change change, Instant visibleFrom) {}

    private static final class Copy {
        private final MemoryStore rows;
        private final Deque<Arrival> arrivals = new ArrayDeque<>();
        private int received;
        private int applied;
        private int lagMillisMax = 50;

        private Copy(MemoryStore rows) {
            this.rows = rows;
        }

        private void catchUp(Instant now) {
            for (var next = arrivals.peek();
                    next != null && !next.visibleFrom().isAfter(now);
                    next = arrivals.peek()) {
                arrivals.remove();
                next.change().effect().accept(rows);
                applied++;
            }
        }
    }

    private static final Duration SUSPECT = Duration.ofSeconds(5);
    private static final Duration COMMIT_TIME_MAX = Duration.ofSeconds(8);
    private static final Duration CAUSAL_READ_TIME_MAX = Duration.ofSeconds(2);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final int GHOST_MILLIS_MAX = 6_000;

    private final Baton baton;
    private final Bug bug;
    private final MemoryStore truth;
    private final Map<Member, Copy> copies = new EnumMap<>(Member.class);
    private final List<Change> log = new ArrayList<>();
    private final Map<Object, Integer> changedAt = new HashMap<>();
    private final Set<Member> dead = EnumSet.noneOf(Member.class);
    private final Set<Member> cut = EnumSet.noneOf(Member.class);
    private Set<Member> view = EnumSet.allOf(Member.class);
    private Set<Member> primary = EnumSet.allOf(Member.class);
    private final Map<String, Integer> work = new TreeMap<>();
    private boolean isHealthy;

    Galera(Baton baton, Rendering rendering, Bug bug) {
        this.baton = baton;
        this.bug = bug;
        this.truth = new MemoryStore(rendering);
        copies.put(Member.EAST, new Copy(new MemoryStore(rendering)));
        copies.put(Member.NORTH, new Copy(new MemoryStore(rendering)));
    }

    /** All that is certified, in order; what the judge looks at. */
    MemoryStore truth() {
        return truth;
    }

    private Copy copyOf(Member at) {
        return Objects.requireNonNull(copies.get(at), "the arbitrator has no copy");
    }

    /** One region's copy as it stands. */
    MemoryStore copy(Member at) {
        return copyOf(at).rows;
    }

    // ---- faults

    void cut(Member member) {
        cut.add(member);
        formLater();
    }

    void join(Member member) {
        cut.remove(member);
        formLater();
    }

    void kill(Member member) {
        dead.add(member);
        formLater();
    }

    void revive(Member member) {
        dead.remove(member);
        formLater();
    }

    void lag(Member member, Duration most) {
        copyOf(member).lagMillisMax = (int) most.toMillis();
    }

    void heal() {
        isHealthy = true;
    }

    private void formLater() {
        baton.start(
                "galera",
                () -> {
                    baton.pause(SUSPECT);
                    form();
                });
    }

    /** More than half of the last view goes on; whoever joins it is given what it missed. */
    private void form() {
        var next =
                EnumSet.complementOf(EnumSet.copyOf(dead)).stream()
                        .map(this::component)
                        .filter(part ->
                                2 * view.stream().filter(part::contains).count() > view.size())
                        .findFirst();
        primary = next.orElseGet(() -> EnumSet.noneOf(Member.class));
        view = next.orElse(view);
        primary.stream().filter(copies::containsKey).forEach(this::deliver);
    }

    private Set<Member> component(Member member) {
        if (cut.contains(member)) {
            return EnumSet.of(member);
        }
        var together = EnumSet.allOf(Member.class);
        together.removeAll(cut);
        together.removeAll(dead);
        return together;
    }

    // ---- service

    private boolean isServing(Member at) {
        return primary.contains(at) && !dead.contains(at);
    }

    /** Until a new view is formed, all wait for the member that is gone. */
    private boolean isStalled(Member at) {
        return !component(at).containsAll(primary);
    }

    private Copy serving(Member at) {
        if (!isServing(at)) {
            count("not primary");
            throw new Store.Unavailable("1047 not Primary", new IllegalStateException("simulated"));
        }
        var copy = copyOf(at);
        copy.catchUp(baton.now());
        return copy;
    }

    /** Reads what the copy has; a fresh read first waits for all that was committed before it. */
    <T> T read(Member at, boolean isFresh, Function<MemoryStore, T> reading) {
        baton.pause(Duration.ofMillis(baton.dice().nextInt(5)));
        var copy = serving(at);
        if (isFresh && bug != Bug.SYNC_WAIT_OFF) {
            var head = log.size();
            var until = baton.now().plus(CAUSAL_READ_TIME_MAX);
            while (copy.applied < head || isStalled(at)) {
                if (baton.now().isAfter(until)) {
                    count("causal read timed out");
                    throw new Store.Unavailable(
                            "causal read timed out", new IllegalStateException("simulated"));
                }
                baton.pause(LOOK_AGAIN.dividedBy(5));
                copy = serving(at);
            }
        }
        return reading.apply(copy.rows);
    }

    /** How often what happened: a run that met no trouble proves nothing. */
    Map<String, Integer> work() {
        return work;
    }

    void count(String what) {
        work.merge(what, 1, Integer::sum);
    }

    /** One try of a transaction. */
    Verdict commit(Member at, Change change) {
        var verdict = tried(at, change);
        count(verdict.name().toLowerCase(Locale.ROOT));
        return verdict;
    }

    private Verdict tried(Member at, Change change) {
        baton.pause(Duration.ofMillis(baton.dice().nextInt(10)));
        if (!isServing(at)) {
            return Verdict.NOT_EXECUTED;
        }
        var copy = serving(at);
        if (!change.guard().test(copy.rows)) {
            return Verdict.GUARDED;
        }
        var seen = copy.applied;
        var roll = isHealthy ? 99 : baton.dice().nextInt(100);
        if (roll < 2) {
            return Verdict.NOT_EXECUTED;
        }
        if (roll < 4) {
            return Verdict.UNKNOWN;
        }
        if (roll < 6) {
            haunt(at, change, seen);
            return Verdict.UNKNOWN;
        }
        baton.pause(Duration.ofMillis(35 + baton.dice().nextInt(20)));
        var verdict = certify(at, change, seen);
        baton.pause(Duration.ofMillis(baton.dice().nextInt(10)));
        var isLost = roll < 9 || !isServing(at);
        if (verdict == Verdict.COMMITTED && isLost) {
            count("unknown, yet committed");
            return Verdict.UNKNOWN;
        }
        return verdict;
    }

    /** Its client is gone; the node goes on with it. */
    private void haunt(Member at, Change change, int seen) {
        var delay = Duration.ofMillis(baton.dice().nextInt(GHOST_MILLIS_MAX));
        baton.start(
                "galera",
                () -> {
                    baton.pause(delay);
                    if (certify(at, change, seen) == Verdict.COMMITTED) {
                        count("late ghost");
                    }
                });
    }

    private Verdict certify(Member at, Change change, int seen) {
        var until = baton.now().plus(COMMIT_TIME_MAX);
        while (isServing(at) && isStalled(at)) {
            if (baton.now().isAfter(until)) {
                return Verdict.UNKNOWN;
            }
            baton.pause(LOOK_AGAIN);
        }
        if (!isServing(at)) {
            return Verdict.UNKNOWN;
        }
        if (isBeaten(change, seen)) {
            return Verdict.CONFLICT;
        }
        order(at, change);
        return Verdict.COMMITTED;
    }

    private boolean isBeaten(Change change, int seen) {
        return bug != Bug.CERTIFICATION_OFF
                && change.rows().stream().anyMatch(row -> changedAt.getOrDefault(row, 0) > seen);
    }

    private void order(Member at, Change change) {
        log.add(change);
        change.rows().forEach(row -> changedAt.put(row, log.size()));
        change.effect().accept(truth);
        primary.stream().filter(copies::containsKey).forEach(this::deliver);
        copyOf(at).catchUp(Instant.MAX);
    }

    private void deliver(Member to) {
        var copy = copyOf(to);
        while (copy.received < log.size()) {
            var lag = isHealthy ? 0 : baton.dice().nextInt(copy.lagMillisMax);
            copy.arrivals.add(new Arrival(log.get(copy.received), baton.now().plusMillis(lag)));
            copy.received++;
        }
    }
}
