package dev.paygateway.payment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
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

    /** Without a log that is flushed at each commit, a crash takes what is younger than this. */
    private static final Duration UNFLUSHED = Duration.ofSeconds(1);

    private static final Duration SUSPECT = Duration.ofSeconds(5);
    private static final Duration COMMIT_TIME_MAX = Duration.ofSeconds(8);
    private static final Duration CAUSAL_READ_TIME_MAX = Duration.ofSeconds(2);
    private static final Duration READ_TIME_MAX = Duration.ofMillis(4_500);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final int GHOST_MILLIS_MAX = 12_000;
    private static final int RELAY_MILLIS_MAX = 3_000;

    private final Baton baton;
    private final Bug bug;
    private final Rendering rendering;
    private MemoryStore truth;
    private final Map<Member, Copy> copies = new EnumMap<>(Member.class);
    private final List<Change> log = new ArrayList<>();
    private final Map<Object, Integer> changedAt = new HashMap<>();
    private final Links links = new Links();
    private Instant relaysFrom = Instant.MIN;
    private Set<Member> view = EnumSet.allOf(Member.class);
    private Set<Member> primary = EnumSet.allOf(Member.class);
    private final Map<String, Integer> work = new TreeMap<>();
    private boolean isHealthy;

    Galera(Baton baton, Rendering rendering, Bug bug) {
        this.baton = baton;
        this.bug = bug;
        this.rendering = rendering;
        this.truth = new MemoryStore(rendering);
        copies.put(Member.EAST, new Copy(rendering));
        copies.put(Member.NORTH, new Copy(rendering));
    }

    /** All that is certified, in order; what the judge looks at. */
    MemoryStore truth() {
        return truth;
    }

    Random dice() {
        return baton.dice();
    }

    private Copy copyOf(Member at) {
        return Objects.requireNonNull(copies.get(at), "the arbitrator has no copy");
    }

    /** One region's copy as it stands. */
    MemoryStore copy(Member at) {
        return copyOf(at).rows();
    }

    // ---- faults

    void cut(Member member) {
        links.cut(member);
        formLater();
    }

    void join(Member member) {
        links.join(member);
        formLater();
    }

    /** East and North part; whoever sees both relays, once it has noticed. */
    void part() {
        links.part();
        relaysFrom = baton.now().plusMillis(baton.dice().nextInt(RELAY_MILLIS_MAX));
        formLater();
    }

    void meet() {
        links.meet();
        formLater();
    }

    void kill(Member member) {
        links.kill(member);
        baton.kill(ghosts(member));
        if (copies.containsKey(member)) {
            copyOf(member).crash(log, flushed());
        }
        formLater();
    }

    private Instant flushed() {
        return bug == Bug.FLUSH_OFF ? baton.now().minus(UNFLUSHED) : Instant.MAX;
    }

    void revive(Member member) {
        links.revive(member);
        formLater();
    }

    /** All at once; the copy that has most is started first, and the others join it. */
    void killAll() {
        EnumSet.allOf(Member.class).forEach(this::kill);
        var most = copies.values().stream().mapToInt(Copy::applied).max().orElseThrow();
        if (most < log.size()) {
            count("unacknowledged lost");
            log.subList(most, log.size()).clear();
            truth = Copy.replayed(log, rendering);
            changedAt.clear();
            for (var place = 1; place <= most; place++) {
                mark(place);
            }
        }
    }

    void reviveAll() {
        EnumSet.allOf(Member.class).forEach(this::revive);
    }

    private void mark(int place) {
        log.get(place - 1).rows().forEach(row -> changedAt.put(row, place));
    }

    /** Its process stands still, and so do all who talk to it. */
    void freeze(Member member, Duration length) {
        copyOf(member).freeze(baton.now().plus(length));
        cut(member);
        baton.pause(length);
        join(member);
    }

    void keepUp(Member member) {
        copyOf(member).keepUp();
    }

    void lag(Member member, Duration most) {
        copyOf(member).lag(most);
    }

    /** For that long the member receives, and applies nothing of, what others commit. */
    void hold(Member member, Duration length) {
        copyOf(member).hold(baton.now().plus(length));
    }

    /** Lets each node apply all that it has received. */
    void catchUp() {
        copies.values().forEach(copy -> copy.catchUp(Instant.MAX));
    }

    void heal() {
        isHealthy = true;
    }

    private void formLater() {
        baton.start("galera", this::form);
    }

    /** More than half of the last view goes on; whoever joins it is given what it missed. */
    private void form() {
        baton.pause(SUSPECT);
        var next =
                EnumSet.allOf(Member.class).stream()
                        .filter(member -> !links.isDead(member))
                        .map(links::reachedBy)
                        .filter(part ->
                                2 * view.stream().filter(part::contains).count() > view.size())
                        .findFirst();
        primary = next.orElseGet(() -> EnumSet.noneOf(Member.class));
        view = next.orElse(view);
        primary.stream().filter(copies::containsKey).forEach(this::deliver);
    }

    // ---- service

    private boolean isServing(Member at) {
        return primary.contains(at) && !links.isDead(at);
    }

    /** Until a new view is formed, all wait for the member that is gone. */
    private boolean isStalled(Member at) {
        return !links.reachedBy(at).containsAll(primary) || baton.now().isBefore(relaysFrom);
    }

    private Copy serving(Member at) {
        if (!isServing(at)) {
            throw unavailable("not primary");
        }
        var copy = copyOf(at);
        copy.catchUp(baton.now());
        return copy;
    }

    private Store.Unavailable unavailable(String why) {
        count(why);
        return new Store.Unavailable(why, new IllegalStateException("simulated"));
    }

    /** Reads what the copy has; a fresh read first waits for all that was committed before it. */
    <T> T read(Member at, boolean isFresh, Function<MemoryStore, T> reading) {
        baton.pause(Duration.ofMillis(baton.dice().nextInt(5)));
        if (isFrozen(at)) {
            baton.pause(READ_TIME_MAX);
            throw unavailable("read timed out");
        }
        var copy = serving(at);
        if (isFresh && bug != Bug.SYNC_WAIT_OFF) {
            var head = log.size();
            var until = baton.now().plus(CAUSAL_READ_TIME_MAX);
            while (copy.applied() < head || isStalled(at)) {
                if (baton.now().isAfter(until)) {
                    throw unavailable("causal read timed out");
                }
                baton.pause(LOOK_AGAIN.dividedBy(5));
                copy = serving(at);
            }
        }
        return reading.apply(copy.rows());
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
        if (isFrozen(at)) {
            haunt(at, change, Duration.between(baton.now(), copyOf(at).frozenUntil()));
            baton.pause(COMMIT_TIME_MAX);
            return Verdict.UNKNOWN;
        }
        if (!isServing(at)) {
            return Verdict.NOT_EXECUTED;
        }
        var roll = isHealthy ? 99 : baton.dice().nextInt(100);
        if (roll < 2) {
            return Verdict.NOT_EXECUTED;
        }
        if (roll < 4) {
            return Verdict.UNKNOWN;
        }
        if (roll < 6) {
            haunt(at, change, Duration.ZERO);
            return Verdict.UNKNOWN;
        }
        var verdict = executed(at, change);
        var isLost = roll < 9 || !isServing(at);
        if (verdict == Verdict.COMMITTED && isLost) {
            count("unknown, yet committed");
            return Verdict.UNKNOWN;
        }
        return verdict;
    }

    private boolean isFrozen(Member at) {
        return baton.now().isBefore(copyOf(at).frozenUntil());
    }

    /** On the copy, then certified, then applied: only then is it told. */
    private Verdict executed(Member at, Change change) {
        var copy = serving(at);
        if (!change.guard().test(copy.rows())) {
            return Verdict.GUARDED;
        }
        var seen = copy.applied();
        baton.pause(Duration.ofMillis(35 + baton.dice().nextInt(20)));
        var verdict = certify(at, change, seen);
        if (verdict == Verdict.COMMITTED) {
            baton.pause(Duration.ofMillis(baton.dice().nextInt(10)));
            copy.catchUp(log.lastIndexOf(change) + 1, baton.now());
        }
        return verdict == Verdict.COMMITTED && !isServing(at) ? Verdict.UNKNOWN : verdict;
    }

    /** Its client is gone; the node goes on with it, or begins with it, once it can. */
    private void haunt(Member at, Change change, Duration atLeast) {
        var delay = atLeast.plusMillis(baton.dice().nextInt(GHOST_MILLIS_MAX));
        var isBegun = atLeast.isZero() && baton.dice().nextBoolean();
        var seen = isBegun && change.guard().test(serving(at).rows()) ? copyOf(at).applied() : -1;
        baton.start(
                ghosts(at),
                () -> {
                    baton.pause(delay);
                    if (appears(at, change, seen) == Verdict.COMMITTED) {
                        count("late ghost");
                    }
                });
    }

    private Verdict appears(Member at, Change change, int seen) {
        if (!isServing(at)) {
            return Verdict.NOT_EXECUTED;
        }
        return seen < 0 ? executed(at, change) : certify(at, change, seen);
    }

    /** What a node does for clients that are gone; it dies with the node. */
    private static String ghosts(Member at) {
        return "ghosts of " + at;
    }

    private Verdict certify(Member at, Change change, int seen) {
        var isOut = isStalled(at) && gotOut(change, seen);
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
        if (isOut) {
            return Verdict.COMMITTED;
        }
        if (isBeaten(change, seen)) {
            return Verdict.CONFLICT;
        }
        order(change);
        return Verdict.COMMITTED;
    }

    /**
     * Others may have it already, though this member will not hear of that before it is cut off.
     */
    private boolean gotOut(Change change, int seen) {
        if (isHealthy || baton.dice().nextInt(3) > 0 || isBeaten(change, seen)) {
            return false;
        }
        order(change);
        count("got out before the cut");
        return true;
    }

    private boolean isBeaten(Change change, int seen) {
        return bug != Bug.CERTIFICATION_OFF
                && change.rows().stream().anyMatch(row -> changedAt.getOrDefault(row, 0) > seen);
    }

    private void order(Change change) {
        log.add(change);
        mark(log.size());
        change.effect().accept(truth);
        primary.stream().filter(copies::containsKey).forEach(this::deliver);
    }

    private void deliver(Member to) {
        copyOf(to).receive(log, baton.now(), () -> isHealthy ? 0 : baton.dice().nextDouble());
    }
}
