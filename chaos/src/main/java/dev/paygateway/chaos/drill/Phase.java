package dev.paygateway.chaos.drill;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a block of commands is for; the drill plays the phases in this order. */
enum Phase {
    /** While all is well and payments flow. */
    BEFORE,
    /** Breaks something; the drill's, never the on-call's. */
    FAULT,
    /** What the on-call looks at and does while it is broken. */
    DURING,
    /** Brings back what was broken, and the region to its work. */
    HEAL,
    /** When no more payments arrive: is all as it was, and what says the audit. */
    CHECK;

    static Optional<Phase> of(String word) {
        return Arrays.stream(values()).filter(it -> it.toString().equals(word)).findFirst();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
