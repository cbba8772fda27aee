package dev.paygateway.chaos.audit;

import dev.paygateway.chaos.audit.evidence.Database;
import dev.paygateway.chaos.audit.evidence.Run;
import dev.paygateway.chaos.audit.judge.Undecided;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/**
 * Gives recovery the time that it is allowed: until nothing is open, or the bound of I16 has passed
 * since the run's end; and until what was seen may be judged. What is still open or untold then is
 * the audit's finding, not a reason to wait.
 */
final class Settling {
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration READ_EVERY = Duration.ofSeconds(5);
    private static final Duration TO_SPARE = Duration.ofSeconds(1);
    private static final int LOOKS_BETWEEN_REPORTS = 10;

    private final InstantSource clock;
    private final Pause pause;
    private final Consumer<String> progress;

    /** Lets time pass. */
    @FunctionalInterface
    interface Pause {
        Pause ASLEEP = Thread::sleep;

        void lasting(Duration time) throws InterruptedException;
    }

    Settling(InstantSource clock, Pause pause, Consumer<String> progress) {
        this.clock = clock;
        this.pause = pause;
        this.progress = progress;
    }

    void await(Database database, List<Run> runs, Duration bound)
            throws SQLException, InterruptedException {
        var until =
                runs.stream()
                        .map(Run::ended)
                        .reduce(Instant.MIN, (one, other) -> one.isAfter(other) ? one : other)
                        .plus(bound);
        for (var looks = 0; clock.instant().isBefore(until); looks++) {
            var open = database.openWork();
            if (open == 0) {
                return;
            }
            if (looks % LOOKS_BETWEEN_REPORTS == 0) {
                var left = Duration.between(clock.instant(), until).toSeconds();
                progress.accept(
                        open + " outcomes still open; waiting, at most " + left + " s more");
            }
            pause.lasting(LOOK_EVERY);
        }
    }

    /**
     * Rests before the books are read again for what may not be judged yet; false, at once, when it
     * is no use.
     *
     * @param until when all may be judged that was seen at the first reading
     */
    boolean rest(Undecided undecided, Instant until) throws InterruptedException {
        if (undecided.isEmpty()) {
            return false;
        }
        var left = Duration.between(clock.instant(), until.plus(TO_SPARE));
        if (!left.isPositive()) {
            return false;
        }
        progress.accept(undecided + "; reading again, for " + left.toSeconds() + " s at most");
        pause.lasting(left.compareTo(READ_EVERY) < 0 ? left : READ_EVERY);
        return true;
    }
}
