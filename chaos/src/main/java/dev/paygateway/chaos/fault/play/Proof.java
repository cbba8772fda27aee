package dev.paygateway.chaos.fault.play;

import java.util.function.BiPredicate;
import java.util.function.Supplier;

/**
 * What shows that a fault bites: looked at before, during and after.
 *
 * @param what is looked at
 * @param look what it shows now
 * @param bites whether the second reading, held against the first, is the fault's work
 * @param heals whether it must be as before again once the fault is healed
 */
public record Proof(
        String what, Supplier<Reading> look, BiPredicate<Reading, Reading> bites, boolean heals) {
    /** One look: for people, and as a figure. */
    public record Reading(String text, double figure) {}

    static Proof of(String what, Supplier<Reading> look, BiPredicate<Reading, Reading> bites) {
        return new Proof(what, look, bites, true);
    }

    /** The same of something that healing does not bring back by itself. */
    Proof lasting() {
        return new Proof(what, look, bites, false);
    }
}
