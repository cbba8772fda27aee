package dev.paygateway.chaos.audit.outage;

import java.time.Duration;
import java.util.Set;

/**
 * What merchants are promised while something breaks (I17).
 *
 * @param gapMax the longest time between two served requests
 * @param gate what even a bad day must keep
 * @param rateBackWithin when {@code rateShare} of the rate must be back
 * @param rateShare of the payments asked for, those served at once, compared with before the fault
 * @param total names of faults during which nobody can serve, and which count from their end
 */
public record Objectives(
        Duration gapMax,
        Duration gate,
        Duration rateBackWithin,
        double rateShare,
        Set<String> total) {
    public static final Objectives STANDARD =
            new Objectives(
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(180),
                    Duration.ofSeconds(30),
                    0.99,
                    Set.of("total-crash", "restore", "database-all-kill"));

    private static final Duration BY_NAME = Duration.ofSeconds(5);

    public Objectives {
        total = Set.copyOf(total);
        if (gapMax.isNegative() || rateBackWithin.isNegative()) {
            throw new IllegalArgumentException("gapMax or rateBackWithin is negative: give a time");
        }
        if (!(rateShare > 0 && rateShare <= 1)) {
            throw new IllegalArgumentException("rateShare is not in (0, 1]: " + rateShare);
        }
    }

    /** For clients that need longer by their nature, such as those that follow a DNS name. */
    public Objectives gapMax(Duration gapMax) {
        return new Objectives(gapMax, gate, rateBackWithin, rateShare, total);
    }

    /**
     * How long one client may wait while others are served: it may follow a DNS name, which tells
     * of a region's end only when its record has run out.
     */
    Duration gapMaxOfOne() {
        return gapMax.plus(BY_NAME);
    }

    /** With the faults that leave nobody to serve. */
    public Objectives total(Set<String> total) {
        return new Objectives(gapMax, gate, rateBackWithin, rateShare, total);
    }
}
