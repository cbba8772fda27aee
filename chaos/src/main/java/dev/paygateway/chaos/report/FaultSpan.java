package dev.paygateway.chaos.report;

import java.time.Instant;
import java.util.Optional;

/**
 * One fault, from when to when, and the proof that it bit.
 *
 * @param until nothing while nobody has healed it
 * @param evidence what was measured before and during; nothing where nothing was proved
 */
public record FaultSpan(
        String name,
        String targets,
        Instant from,
        Optional<Instant> until,
        Optional<String> evidence) {}
