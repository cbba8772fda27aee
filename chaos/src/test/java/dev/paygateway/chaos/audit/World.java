package dev.paygateway.chaos.audit;

import dev.paygateway.chaos.audit.evidence.BookLine;
import dev.paygateway.chaos.audit.evidence.Call;
import dev.paygateway.chaos.audit.evidence.Parts;
import dev.paygateway.chaos.audit.evidence.Regions;
import dev.paygateway.chaos.audit.evidence.Row;
import dev.paygateway.chaos.audit.evidence.Run;
import dev.paygateway.chaos.audit.judge.Horizon;
import dev.paygateway.chaos.audit.judge.Law;
import dev.paygateway.chaos.audit.outage.Objectives;
import dev.paygateway.chaos.audit.outage.Outages;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A small consistent world in memory: eight payments of every kind, in three books that agree.
 * Tests break one thing in it and see who notices.
 */
final class World {
    static final Instant START = Instant.parse("2026-11-24T02:00:00Z");
    static final Duration BOUND = Duration.ofSeconds(130);

    final List<Row> rows = new ArrayList<>();
    final List<Call> calls = new ArrayList<>();
    final List<BookLine> book = new ArrayList<>();
    private boolean strict;
    private final Instant started;
    private Instant now;

    World() {
        this(START);
    }

    private World(Instant started) {
        this.started = started;
        now = started;
    }

    static World consistent() {
        return consistent(START);
    }

    static World consistent(Instant started) {
        var world = new World(started);
        world.story("sale", 1099, true).approve().refund("refund", 500).succeed().read();
        world.story("partly", 2000, false).approve().capture("capture", 1500, true).succeed();
        world.story("voided", 3000, false).approve().release("release").succeed().read();
        world.story("declined", 4000, true).decline();
        world.story("silent", 5000, true).silence().approve();
        world.story("absent", 6000, true).vanish();
        world.story("sealed", 7000, true).silence().seal();
        world.story("returned", 8000, true)
                .approve()
                .refund("back", 8000)
                .succeed()
                .comeBack()
                .read()
                .read();
        return world;
    }

    Story story(String name, long amount, boolean automatic) {
        return new Story(this, name, amount, automatic);
    }

    /** Each look at the clock is a tenth of a second later. */
    Instant tick() {
        now = now.plusMillis(100);
        return now;
    }

    long nextLine() {
        return book.size() + 1L;
    }

    Run run() {
        return new Run("load-test.jsonl", OptionalLong.of(42), started, now, "run-");
    }

    /** A later one, of which nothing in the world is part. */
    Run runFromNow() {
        return new Run("later.jsonl", OptionalLong.of(43), now, now.plusSeconds(60), "later-");
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    void strictly() {
        strict = true;
    }

    <R extends Row> void change(Class<R> type, Predicate<R> which, UnaryOperator<R> change) {
        replace(rows, type, which, change);
    }

    <B extends BookLine> void rewrite(Class<B> type, Predicate<B> which, UnaryOperator<B> change) {
        replace(book, type, which, change);
    }

    void recall(Predicate<Call> which, UnaryOperator<Call> change) {
        replace(calls, Call.class, which, change);
    }

    <R extends Row> void delete(Class<R> type, Predicate<R> which) {
        remove(rows, type, which);
    }

    <B extends BookLine> void tearOut(Class<B> type, Predicate<B> which) {
        remove(book, type, which);
    }

    private static <T, S extends T> void replace(
            List<T> all, Class<S> type, Predicate<S> which, UnaryOperator<S> change) {
        var changes = all.stream().filter(it -> matches(it, type, which)).count();
        if (changes == 0) {
            throw new IllegalArgumentException("the planted mistake hits nothing");
        }
        all.replaceAll(it -> matches(it, type, which) ? change.apply(type.cast(it)) : it);
    }

    private static <T, S extends T> void remove(List<T> all, Class<S> type, Predicate<S> which) {
        if (!all.removeIf(it -> matches(it, type, which))) {
            throw new IllegalArgumentException("the planted mistake hits nothing");
        }
    }

    private static <S> boolean matches(Object it, Class<S> type, Predicate<S> which) {
        return type.isInstance(it) && which.test(type.cast(it));
    }

    /** The audit an hour later, when nothing can be called too fresh. */
    Verdict judge() {
        return judgeBy(run());
    }

    Verdict judgeBy(Run run) {
        return judgeIn(1, run);
    }

    /** With the evidence split into that many parts. */
    Verdict judgeIn(int parts, Run run) {
        var later = now.plus(Duration.ofHours(1));
        var horizon = new Horizon(later, later, BOUND, List.of(run), strict);
        var outages = new Outages(Objectives.STANDARD, List.of(), Regions.ONE);
        try (var all = Parts.create()) {
            calls.forEach(all::call);
            book.forEach(all::book);
            all.split(parts);
            rows.stream().filter(Row.Payment.class::isInstance).forEach(all::row);
            rows.stream().filter(row -> !(row instanceof Row.Payment)).forEach(all::row);
            return Audit.judge(all, horizon, outages)
                    .verdict(List.of(run), outages, Enough.OF_LOAD);
        }
    }

    static Set<Law> broken(Verdict verdict) {
        return verdict.tallies().stream()
                .filter(tally -> tally.violations() > 0)
                .map(Tally::law)
                .collect(Collectors.toSet());
    }
}
