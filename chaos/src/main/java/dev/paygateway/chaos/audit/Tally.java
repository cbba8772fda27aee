package dev.paygateway.chaos.audit;

import dev.paygateway.chaos.audit.judge.Law;

/**
 * How often a law was held against something, and how many dossiers broke it.
 *
 * @param subjects payments, operations, keys, events or effects, as the law has it
 */
public record Tally(Law law, long subjects, long violations) {
    /** Whether nothing at all was there for the law to judge. */
    boolean isOfNothing() {
        return subjects == 0 && violations == 0;
    }

    Tally plus(Tally other) {
        return new Tally(law, subjects + other.subjects, violations + other.violations);
    }
}
