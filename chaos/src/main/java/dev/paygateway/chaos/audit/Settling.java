package dev.paygateway.chaos.audit;

import dev.paygateway.chaos.audit.evidence.Database;
import dev.paygateway.chaos.audit.evidence.Run;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/**
 * Gives recovery the time that it is allowed: until nothing is open, or the bound of I16 has passed
 * since the run's end. What is still open then is the audit's finding, not a reason to wait.
 */
final class Settling {
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
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
}
