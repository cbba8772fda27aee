package dev.paygateway.chaos.fault.journal;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One line of the fault log.
 *
 * @param id of the fault, unique in its lab
 * @param fault the manifest's name
 * @param event injected, proved, healed or failed
 * @param evidence what was measured; empty of injected
 */
public record FaultEvent(
        String id,
        String fault,
        String manifest,
        String kind,
        List<String> targets,
        String event,
        Instant at,
        Map<String, String> evidence) {
    public static final String INJECTED = "injected";
    public static final String PROVED = "proved";
    public static final String HEALED = "healed";
    public static final String FAILED = "failed";

    public FaultEvent {
        targets = List.copyOf(targets);
        evidence = Map.copyOf(evidence);
    }

    /** The same fault, later. */
    public FaultEvent then(String nextEvent, Instant when, Map<String, String> measured) {
        return new FaultEvent(id, fault, manifest, kind, targets, nextEvent, when, measured);
    }
}
