package dev.paygateway.chaos.drill;

import dev.paygateway.chaos.fault.Faults;
import dev.paygateway.chaos.fault.journal.FaultEvent;
import dev.paygateway.chaos.fault.journal.FaultLog;
import dev.paygateway.chaos.fault.journal.Journal;
import dev.paygateway.chaos.report.StepDone;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What a page breaks by plain commands - a part stopped, a region drained - told in the fault log
 * like any fault, so that the audit knows of it: under the drill's name, proved by what the command
 * saw, healed when all of it was started again, or at the latest when the page has healed. What is
 * stopped has a guardian like any fault: it is started again also when the drill is killed.
 */
final class ByHand {
    private static final String STOP = "stop";
    private static final Set<String> BREAKING = Set.of(STOP, "drain");
    private static final String START = "start";

    private final Path run;
    private final FaultLog log;
    private final String drill;
    private final UnaryOperator<List<String>> startAgain;

    /** What is broken, and what of it has not been started again. */
    private final Map<FaultEvent, Set<String>> open = new LinkedHashMap<>();

    private final Map<FaultEvent, Journal> guarded = new HashMap<>();
    private Optional<Next> next = Optional.empty();
    private int count;

    /** On the drill's own lab. */
    ByHand(Terms terms, String drill) {
        this(terms.run(), drill, parts -> List.of(Faults.startAgain(terms.state(), parts)));
    }

    /**
     * @param run folder of the lab that runs
     * @param startAgain the shell's lines that start parts again, of their names
     */
    ByHand(Path run, String drill, UnaryOperator<List<String>> startAgain) {
        this.run = run;
        log = new FaultLog(run);
        this.drill = drill;
        this.startAgain = startAgain;
    }

    /** What is about to be stopped, and who guards it. */
    private record Next(List<String> parts, Journal journal) {}

    /** Sets a guardian before a command of a page stops something. */
    synchronized void expect(Phase phase, List<String> words) {
        if (phase == Phase.FAULT && words.contains(STOP)) {
            var journal = Journal.begin(run);
            var parts = names(words);
            var fault = fault(journal.id(), parts, Instant.now());
            journal.arm(startAgain.apply(parts), Faults.LENGTH_MAX, fault, log);
            next = Optional.of(new Next(parts, journal));
        }
    }

    private FaultEvent fault(String id, List<String> parts, Instant at) {
        var page = "docs/runbooks/" + drill + ".md";
        return new FaultEvent(id, drill, page, "Command", parts, FaultEvent.INJECTED, at, Map.of());
    }

    /** Notes what a command of a page has broken or brought back; most do neither. */
    synchronized void note(StepDone step) {
        var words = List.of(step.command().split(" ", -1));
        var journal = words.contains(STOP) ? expected(names(words)) : Optional.<Journal>empty();
        if (!step.fine()) {
            journal.ifPresent(Journal::undo);
            journal.ifPresent(Journal::dismiss);
            return;
        }
        if (words.contains(START)) {
            heal(words, step.at().plus(step.took()));
        } else if (isFault(step) && words.stream().anyMatch(BREAKING::contains)) {
            broke(step, names(words), journal);
        }
    }

    private static boolean isFault(StepDone step) {
        return step.phase().equals(Phase.FAULT.toString());
    }

    /** The guardian of these parts, if it was set; it is handed on once. */
    private Optional<Journal> expected(List<String> parts) {
        var found = next.filter(each -> each.parts().equals(parts)).map(Next::journal);
        next = found.isPresent() ? Optional.empty() : next;
        return found;
    }

    private void broke(StepDone step, List<String> parts, Optional<Journal> journal) {
        count++;
        var injected = fault(journal.map(Journal::id).orElse("h-" + count), parts, step.at());
        log.append(injected);
        var proof = Map.of("what", step.command(), "before", "all ran", "during", step.evidence());
        log.append(injected.then(FaultEvent.PROVED, step.at().plus(step.took()), proof));
        open.put(injected, new HashSet<>(parts));
        journal.ifPresent(guard -> guarded.put(injected, guard));
    }

    /** The operands, without the command and its options. */
    private static List<String> names(List<String> words) {
        var names = new ArrayList<String>();
        for (var word : words.subList(1, words.size())) {
            if (word.startsWith("--")) {
                break;
            }
            if (!BREAKING.contains(word) && !word.equals(START) && !word.equals("region")) {
                names.add(word);
            }
        }
        return names;
    }

    private void heal(List<String> words, Instant at) {
        for (var fault : List.copyOf(open.keySet())) {
            var left = Objects.requireNonNull(open.get(fault));
            names(words).forEach(left::remove);
            if (left.isEmpty()) {
                heal(fault, at);
            }
        }
    }

    /** What is still broken is started again. */
    synchronized void healAll() {
        for (var fault : List.copyOf(open.keySet())) {
            Optional.ofNullable(guarded.get(fault)).ifPresent(Journal::undo);
            heal(fault, Instant.now());
        }
    }

    private void heal(FaultEvent fault, Instant at) {
        open.remove(fault);
        var journal = Optional.ofNullable(guarded.remove(fault));
        journal.ifPresent(Journal::settle);
        if (journal.map(Journal::mayTell).orElse(true)) {
            var how = Map.of("what", "started again by the page");
            log.append(fault.then(FaultEvent.HEALED, at, how));
        }
    }
}
