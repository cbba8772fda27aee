package dev.paygateway.chaos.drill;

import dev.paygateway.chaos.fault.journal.FaultEvent;
import dev.paygateway.chaos.fault.journal.FaultLog;
import dev.paygateway.chaos.report.StepDone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What a page breaks by plain commands - a part stopped, a region drained - told in the fault log
 * like any fault, so that the audit knows of it: under the drill's name, proved by what the command
 * saw, healed when all of it was started again, or at the latest when the page has healed.
 */
final class ByHand {
    private static final Set<String> BREAKING = Set.of("stop", "drain");
    private static final String START = "start";

    private final FaultLog log;
    private final String drill;

    /** What is broken, and what of it has not been started again. */
    private final Map<FaultEvent, Set<String>> open = new LinkedHashMap<>();

    private int count;

    ByHand(Terms terms, String drill) {
        log = new FaultLog(terms.run());
        this.drill = drill;
    }

    /** Notes what a command of a page has broken or brought back; most do neither. */
    void note(StepDone step) {
        var words = List.of(step.command().split(" ", -1));
        if (!step.fine()) {
            return;
        }
        if (words.contains(START)) {
            heal(words, step.at().plus(step.took()));
        } else if (isFault(step) && words.stream().anyMatch(BREAKING::contains)) {
            broke(step, words);
        }
    }

    private static boolean isFault(StepDone step) {
        return step.phase().equals(Phase.FAULT.toString());
    }

    private void broke(StepDone step, List<String> words) {
        count++;
        var injected =
                new FaultEvent(
                        "h-" + count,
                        drill,
                        "docs/runbooks/" + drill + ".md",
                        "Command",
                        names(words),
                        FaultEvent.INJECTED,
                        step.at(),
                        Map.of());
        log.append(injected);
        var proof = Map.of("what", step.command(), "before", "all ran", "during", step.evidence());
        log.append(injected.then(FaultEvent.PROVED, step.at().plus(step.took()), proof));
        open.put(injected, new HashSet<>(injected.targets()));
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

    /** All that is still broken is whole from now on. */
    void healAll() {
        List.copyOf(open.keySet()).forEach(fault -> heal(fault, Instant.now()));
    }

    private void heal(FaultEvent fault, Instant at) {
        open.remove(fault);
        log.append(fault.then(FaultEvent.HEALED, at, Map.of("what", "started again by the page")));
    }
}
