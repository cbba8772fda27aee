package dev.paygateway.chaos.audit;

import dev.paygateway.chaos.audit.evidence.Run;
import dev.paygateway.chaos.audit.judge.Law;
import dev.paygateway.chaos.audit.judge.Work;
import dev.paygateway.chaos.audit.outage.Outage;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the audit found.
 *
 * @param acknowledgedByRegion keys that each region answered 2xx; empty where there is but one
 * @param tallies one for each law that was held against something
 * @param notYet the laws that nothing was held against, and why; they have not passed
 * @param violations the first of them, with their history; {@link #violated()} counts all
 * @param outages what each fault cost
 * @param shortfalls why the run did not do enough for zero violations to mean something
 */
public record Verdict(
        List<Run> runs,
        Work work,
        Map<String, Long> acknowledgedByRegion,
        List<Tally> tallies,
        Map<Law, String> notYet,
        List<Violation> violations,
        List<Outage> outages,
        List<String> shortfalls) {
    public Verdict {
        runs = List.copyOf(runs);
        acknowledgedByRegion = Map.copyOf(acknowledgedByRegion);
        tallies = List.copyOf(tallies);
        notYet = Map.copyOf(notYet);
        violations = List.copyOf(violations);
        outages = List.copyOf(outages);
        shortfalls = List.copyOf(shortfalls);
    }

    /** The same, proving less. */
    Verdict lacking(List<String> more) {
        return new Verdict(
                runs,
                work,
                acknowledgedByRegion,
                tallies,
                notYet,
                violations,
                outages,
                Stream.concat(shortfalls.stream(), more.stream()).toList());
    }

    /** How many pairs of dossier and broken law there are. */
    public long violated() {
        return tallies.stream().mapToLong(Tally::violations).sum();
    }

    /** Whether the run did enough for zero violations to mean something. */
    public boolean testedEnough() {
        return shortfalls.isEmpty();
    }

    public boolean passed() {
        return violated() == 0 && testedEnough();
    }
}
