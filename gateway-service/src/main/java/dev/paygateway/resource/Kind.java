package dev.paygateway.resource;

import java.util.Locale;

/** What can be held, and must be given back. */
public enum Kind {
    CONNECTION(true),
    LOCK(true),
    LEASE(false),
    PERMIT(true),
    MEMORY(false);

    private final boolean isBrief;

    Kind(boolean isBrief) {
        this.isBrief = isBrief;
    }

    /** Held for one piece of work, by the thread that does it; the others may outlive both. */
    boolean isBrief() {
        return isBrief;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
