package dev.paygateway.chaos.fault;

import com.google.errorprone.annotations.MustBeClosed;
import dev.paygateway.chaos.fault.journal.FaultEvent;
import dev.paygateway.chaos.fault.journal.FaultLog;
import dev.paygateway.chaos.fault.journal.Journal;
import dev.paygateway.chaos.fault.play.FaultFailure;
import dev.paygateway.chaos.fault.play.Plan;
import dev.paygateway.chaos.fault.play.Proof;
import dev.paygateway.chaos.fault.play.Proof.Reading;
import dev.paygateway.chaos.lab.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One fault from before it is made until it is healed; every step of it stands in the log. */
final class Bite implements Injection {
    private static final Duration PROOF_LIMIT = Duration.ofSeconds(30);
    private static final Duration HEALING_LIMIT = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    /** The guardian's patience beyond the time that the fault was to last. */
    private static final Duration GUARDIAN_SLACK = PROOF_LIMIT.plusSeconds(15);

    private final Plan plan;
    private final Journal journal;
    private final FaultLog log;
    private final FaultEvent first;
    private final Duration length;
    private final List<Reading> before = new ArrayList<>();
    private final List<FaultEvent> events = new CopyOnWriteArrayList<>();
    private final long begun = System.nanoTime();
    private volatile boolean over;

    @MustBeClosed
    private Bite(Plan plan, Journal journal, FaultLog log, FaultEvent first, Duration length) {
        this.plan = plan;
        this.journal = journal;
        this.log = log;
        this.first = first;
        this.length = length;
    }

    /**
     * Makes the fault and returns once it is proved.
     *
     * @param length after which it is healed at the latest
     * @throws FaultFailure when it does not bite; it is healed by then
     */
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // handed on, or healed where that fails
    static Bite begin(Plan plan, Journal journal, FaultLog log, FaultEvent first, Duration length) {
        var bite = new Bite(plan, journal, log, first, length);
        plan.proofs().forEach(proof -> bite.before.add(proof.look().get()));
        journal.arm(plan.undo(), length.plus(GUARDIAN_SLACK), first, log);
        try {
            plan.inject().run();
            bite.tell(FaultEvent.INJECTED, Map.of());
            bite.prove();
            return bite;
        } catch (RuntimeException failed) {
            bite.giveUp(failed);
            throw failed;
        }
    }

    private void prove() {
        var during = new ArrayList<Reading>();
        var bitten = Await.holds(PROOF_LIMIT, LOOK_EVERY, () -> bites(during));
        if (!bitten) {
            throw new FaultFailure(
                    "%s did not bite: %s".formatted(first.fault(), told("during", during)));
        }
        tell(FaultEvent.PROVED, told("during", during));
    }

    /** Looks again; all of the proofs must show it at the same time. */
    private boolean bites(List<Reading> readings) {
        readings.clear();
        plan.proofs().forEach(proof -> readings.add(proof.look().get()));
        return pairs().allMatch(
                        place -> proof(place).bites().test(before.get(place), readings.get(place)));
    }

    private Proof proof(int place) {
        return plan.proofs().get(place);
    }

    private IntStream pairs() {
        return IntStream.range(0, before.size());
    }

    private Map<String, String> told(String when, List<Reading> readings) {
        var what = plan.proofs().stream().map(Proof::what).collect(Collectors.joining(" | "));
        return Map.of("what", what, "before", texts(before), when, texts(readings));
    }

    private static String texts(List<Reading> readings) {
        return readings.stream().map(Reading::text).collect(Collectors.joining(" | "));
    }

    private void tell(String event, Map<String, String> evidence) {
        var next = first.then(event, Instant.now(), evidence);
        events.add(next);
        log.append(next);
    }

    private void giveUp(RuntimeException failed) {
        over = true;
        var undone = journal.undo();
        if (journal.mayTell()) {
            var why = String.valueOf(failed.getMessage());
            tell(
                    FaultEvent.FAILED,
                    Map.of("what", why, "undone", undone ? "yes" : "no: see " + journal.undoLog()));
        }
        if (undone) {
            journal.dismiss();
        }
    }

    @Override
    public List<FaultEvent> events() {
        return List.copyOf(events);
    }

    @Override
    public void await() {
        var left = length.minusNanos(System.nanoTime() - begun);
        Await.holds(left, LOOK_EVERY, journal::undone);
        close();
    }

    @Override
    public void close() {
        if (over) {
            return;
        }
        over = true;
        // On a thread that nobody interrupts: a step that is told to end heals all the same.
        var healing = CompletableFuture.runAsync(this::heal, Thread::startVirtualThread);
        try {
            healing.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    private void heal() {
        if (!journal.undo()) {
            end(FaultEvent.FAILED, Map.of("what", "it cannot be undone: see " + journal.undoLog()));
            throw new FaultFailure(first.id() + " cannot be undone: see " + journal.undoLog());
        }
        var after = new ArrayList<Reading>();
        var healed = Await.holds(HEALING_LIMIT, LOOK_EVERY, () -> healed(after));
        end(healed ? FaultEvent.HEALED : FaultEvent.FAILED, told("after", after));
        journal.dismiss();
        if (!healed) {
            throw new FaultFailure(first.fault() + " still bites when healed: " + texts(after));
        }
    }

    private boolean healed(List<Reading> readings) {
        readings.clear();
        plan.proofs().forEach(proof -> readings.add(proof.look().get()));
        return pairs().noneMatch(place ->
                proof(place).heals()
                        && proof(place).bites().test(before.get(place), readings.get(place)));
    }

    private void end(String event, Map<String, String> evidence) {
        if (journal.mayTell()) {
            tell(event, evidence);
        }
    }
}
