package dev.paygateway.chaos.drill;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.paygateway.chaos.report.StepDone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** Plays the commands of a page one by one, and notes how each went. */
final class Player {
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);

    /** A fault that bites so late is told as it is, but nobody waits for it any more. */
    private static final Duration BITE_MAX = Duration.ofSeconds(60);

    /** An audit on its way is not interrupted everywhere. */
    private static final Duration WATCH_END_MAX = Duration.ofMinutes(2);

    private static final int EVIDENCE_LETTERS_MAX = 4_000;

    private final Launcher launcher;
    private final Terms terms;
    private final Teller teller;
    private final ByHand byHand;
    private final List<StepDone> done = new ArrayList<>();
    private final List<CompletableFuture<Launcher.Outcome>> beside = new ArrayList<>();
    private final List<Thread> watching = new ArrayList<>();

    Player(Launcher launcher, Terms terms, Teller teller, ByHand byHand) {
        this.launcher = launcher;
        this.terms = terms;
        this.teller = teller;
        this.byHand = byHand;
    }

    /** The steps that have ended, in the order in which they began. */
    List<StepDone> done() {
        synchronized (done) {
            return done.stream().sorted(Comparator.comparing(StepDone::at)).toList();
        }
    }

    /**
     * Runs one command of a page, again and again where the page gives it time.
     *
     * @param more words behind those of the page
     */
    @CanIgnoreReturnValue
    Launcher.Outcome play(Phase phase, Order order, List<String> more) throws InterruptedException {
        var words = new ArrayList<>(order.words(terms.seed()));
        words.addAll(more);
        teller.begin(phase + ": " + order.told(terms.seed()));
        byHand.expect(phase, words);
        var at = Instant.now();
        var outcome = launcher.run(words);
        var until = at.plus(order.expected().within().orElse(Duration.ZERO));
        while (order.expected().complaint(outcome).isPresent() && Instant.now().isBefore(until)) {
            Thread.sleep(AGAIN_AFTER);
            outcome = launcher.run(words);
        }
        note(phase, order, at, outcome);
        return outcome;
    }

    /** Begins a command that goes on; if it plays a fault, returns when that has been proved. */
    void begin(Phase phase, Order order) throws InterruptedException {
        var at = Instant.now();
        var told = phase + ": " + order.told(terms.seed());
        teller.begin(told);
        var running =
                CompletableFuture.supplyAsync(
                        () -> launcher.run(order.words(terms.seed())), Thread::startVirtualThread);
        beside.add(
                running.thenApply(outcome -> {
                    note(phase, order, at, outcome);
                    return outcome;
                }));
        var log = terms.faultLog();
        while (order.bites()
                && !running.isDone()
                && Spans.proved(log, at) == 0
                && Instant.now().isBefore(at.plus(BITE_MAX))) {
            Thread.sleep(AGAIN_AFTER.dividedBy(4));
        }
        if (!running.isDone()) {
            teller.say("%-7s %s, it goes on".formatted(phase, order.told(terms.seed())));
        }
    }

    /** Begins a command that goes on until {@link #endWatching}. */
    void watch(Phase phase, Order order, List<String> more) {
        var words = new ArrayList<>(order.words(terms.seed()));
        words.addAll(more);
        var at = Instant.now();
        watching.add(Thread.startVirtualThread(() -> note(phase, order, at, launcher.run(words))));
        teller.say("%-7s %s, it goes on".formatted(phase, order.told(terms.seed())));
    }

    /** Ends what watches; how each ended is noted then. */
    void endWatching() throws InterruptedException {
        for (var each : watching) {
            each.interrupt();
        }
        for (var each : watching) {
            if (!each.join(WATCH_END_MAX)) {
                throw new DrillFailure("what the page began before the fault does not end");
            }
        }
        watching.clear();
    }

    /** Whether something that was begun beside the others is still at work. */
    boolean busy() {
        return beside.stream().anyMatch(each -> !each.isDone());
    }

    private void note(Phase phase, Order order, Instant at, Launcher.Outcome outcome) {
        // A verdict has its own place in the report.
        var output = order.audits() ? "" : outcome.output();
        var evidence = (output + outcome.errors()).strip();
        var step =
                new StepDone(
                        phase.toString(),
                        order.told(terms.seed()),
                        at,
                        Duration.between(at, Instant.now()),
                        outcome.exit(),
                        order.expected().complaint(outcome),
                        evidence.length() > EVIDENCE_LETTERS_MAX
                                ? evidence.substring(0, EVIDENCE_LETTERS_MAX) + " ..."
                                : evidence);
        synchronized (done) {
            done.add(step);
            byHand.note(step);
        }
        teller.say(line(step));
    }

    private static String line(StepDone step) {
        var line =
                String.format(
                        Locale.ROOT,
                        "%-7s %s (%.1f s)",
                        step.phase(),
                        step.command(),
                        step.took().toMillis() / 1e3);
        return step.complaint()
                .map(why -> "%s: %s%n%s".formatted(line, why, step.evidence()))
                .orElse(line);
    }
}
