package dev.paygateway.chaos.audit.judge;

import dev.paygateway.chaos.audit.evidence.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What the audit knows about time: it looks at a system that may still be working.
 *
 * @param booksReadAt when reading the books began; the database was read after them
 * @param asOf the moment of the database's snapshot
 * @param bound how long an outcome may stay open: the visibility window plus 60 s
 * @param runs the histories given
 * @param strict whether every payment made during a run must stand in its history
 */
public record Horizon(
        Instant booksReadAt, Instant asOf, Duration bound, List<Run> runs, boolean strict) {
    /** What the gateway's clock and the acquirers' may differ by. */
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(1);

    /** A shorter common beginning of a run's keys proves nothing about whose key it is. */
    private static final int KEY_PREFIX_MIN = 4;

    public Horizon {
        runs = List.copyOf(runs);
    }

    /** Whether what is open since then should have been settled by now. */
    boolean overdue(Instant since) {
        return isLongAfter(since, asOf);
    }

    /** Until when what is open since then may still be so. */
    Instant due(Instant since) {
        return healedAfter(since).plus(bound);
    }

    /** Whether it fell into the time of one of the runs. */
    boolean isOfRuns(Instant time) {
        return runs.stream().anyMatch(run -> run.covers(time));
    }

    /**
     * Whether it was settled too late; the time in which the run's faults rage does not count. Of
     * what was settled before any of the runs, nobody knows what raged then.
     */
    boolean tookTooLong(Instant since, Instant until) {
        return runs.stream().anyMatch(run -> !until.isBefore(run.started()))
                && isLongAfter(since, until);
    }

    private boolean isLongAfter(Instant since, Instant until) {
        return until.isAfter(due(since));
    }

    /** Whether the books were read too early to hold what a row of that age tells. */
    boolean isFresh(Instant updated) {
        return !updated.isBefore(booksReadAt.minus(CLOCK_SKEW));
    }

    /** Whether a payment of that key and time should stand in a history. */
    boolean belongsToRun(String key, Instant created) {
        return runs.stream()
                .filter(run -> run.covers(created))
                .anyMatch(run -> strict || ownKey(run, key));
    }

    private static boolean ownKey(Run run, String key) {
        return run.keyPrefix().length() >= KEY_PREFIX_MIN && key.startsWith(run.keyPrefix());
    }

    private Instant healedAfter(Instant since) {
        return runs.stream()
                .filter(run -> run.covers(since))
                .map(Run::ended)
                .reduce(since, (one, other) -> one.isAfter(other) ? one : other);
    }
}
