package dev.paygateway.recovery;

import dev.paygateway.payment.OperationId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which region takes up what is due: each what began there, at once. Another region's work is left
 * to that region until some of it is overdue, which is how a lost region shows in the table; from
 * then on, for a while, all of it is taken up as if it were ours.
 *
 * <p>It spares two regions the same rows at the same moment. Correctness never rests on it: a lease
 * with a fence decides whose step counts. One thread alone may ask.
 */
final class Rota {
    /** What is not overdue any more by then is done at home again. */
    static final Duration STAND_IN = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(Rota.class);

    /** Behind the prefix stands the letter of the region that began the operation. */
    private static final int LETTER = "op_".length();

    private final char home;
    private final Map<Character, Instant> standingIn = new HashMap<>();

    /** The region that begins its ids with this letter. */
    Rota(char home) {
        this.home = home;
    }

    private static char region(OperationId id) {
        return id.value().charAt(LETTER);
    }

    /** Whether somebody else may be about to do some of this. */
    boolean mayWait(List<OperationId> due, Instant now) {
        return !due.stream().allMatch(id -> isOurs(id, now));
    }

    /** To be told what nobody has taken up although it has been due for long. */
    void overdue(List<OperationId> overdue, Instant now) {
        overdue.stream()
                .map(Rota::region)
                .filter(region -> region != home)
                .distinct()
                .forEach(region -> standIn(region, now));
    }

    private void standIn(char region, Instant now) {
        if (!isStandingIn(region, now)) {
            LOG.warn("work of region {}... is overdue: it is taken up here", region);
        }
        standingIn.put(region, now.plus(STAND_IN));
    }

    boolean isOurs(OperationId id, Instant now) {
        return region(id) == home || isStandingIn(region(id), now);
    }

    private boolean isStandingIn(char region, Instant now) {
        return now.isBefore(standingIn.getOrDefault(region, Instant.MIN));
    }
}
