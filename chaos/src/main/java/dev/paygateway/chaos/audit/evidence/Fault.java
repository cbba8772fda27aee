package dev.paygateway.chaos.audit.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One fault of the fault log: what was broken, from when to when, and what proves that it bit.
 *
 * @param name what the operator called it, e.g. {@code region-cut}
 * @param kind the manifest's kind, e.g. {@code NetworkChaos}
 * @param targets the parts that it was aimed at
 * @param healed absent while it lasts
 * @param proofs what was measured before and during it; a fault without one tested nothing
 * @param failed why it could not be brought about
 */
public record Fault(
        String id,
        String name,
        String kind,
        List<String> targets,
        Instant injected,
        Optional<Instant> healed,
        List<String> proofs,
        Optional<String> failed) {
    public Fault {
        targets = List.copyOf(targets);
        proofs = List.copyOf(proofs);
    }

    /** Whether the log holds a measurement that shows the fault at work. */
    public boolean hasBitten() {
        return !proofs.isEmpty();
    }

    /** Whether the fault fell into the run, in part at least. */
    public boolean during(Run run) {
        return !injected.isAfter(run.ended())
                && healed.map(end -> !end.isBefore(run.started())).orElse(true);
    }

    @Override
    public String toString() {
        return "%s (%s %s, since %s%s)"
                .formatted(
                        id,
                        name,
                        targets,
                        injected,
                        healed.map(end -> " until " + end).orElse(", not healed"));
    }
}
