package dev.paygateway.chaos.audit;

import dev.paygateway.chaos.audit.evidence.Run;
import dev.paygateway.chaos.audit.judge.Law;
import dev.paygateway.chaos.audit.judge.Work;
import java.util.List;
import java.util.Set;

/**
 * What the audit found.
 *
 * @param tallies one for each law that was checked
 * @param notYet the laws that nothing checks yet; they have not passed
 * @param violations the first of them, with their history; {@link #violated()} counts all
 * @param acknowledgedMin what the run must have done for its verdict to mean anything
 */
public record Verdict(
        List<Run> runs,
        Work work,
        List<Tally> tallies,
        Set<Law> notYet,
        List<Violation> violations,
        int acknowledgedMin) {
    public Verdict {
        runs = List.copyOf(runs);
        tallies = List.copyOf(tallies);
        notYet = Set.copyOf(notYet);
        violations = List.copyOf(violations);
    }

    /** How many pairs of dossier and broken law there are. */
    public long violated() {
        return tallies.stream().mapToLong(Tally::violations).sum();
    }

    /** Whether the run did enough for zero violations to mean something. */
    public boolean testedEnough() {
        return work.acknowledged() >= acknowledgedMin;
    }

    public boolean passed() {
        return violated() == 0 && testedEnough();
    }
}
