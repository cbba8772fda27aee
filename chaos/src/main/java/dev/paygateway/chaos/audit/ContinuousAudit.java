package dev.paygateway.chaos.audit;

import dev.paygateway.chaos.audit.evidence.BrokenEvidence;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Audits again and again, whatever the system is doing, and keeps the docket up to date. */
final class ContinuousAudit {
    private static final int TOLD_MAX = 20;

    /** After so many rounds without an end, an audit tells nothing of what goes on now. */
    private static final int ROUNDS_MAX = 3;

    private final InstantSource clock;
    private final Audit audit;
    private final Supplier<AuditInput> input;
    private final Duration every;
    private final Docket docket;
    private final Consumer<String> log;

    /**
     * @param input what to judge, asked for anew each time: there may be a newer history
     * @param every how long it rests after each
     * @param log told of each change of what the docket answers, and of its reasons
     */
    ContinuousAudit(
            InstantSource clock,
            Supplier<AuditInput> input,
            Duration every,
            Docket docket,
            Consumer<String> log) {
        this.clock = clock;
        audit = Audit.ofRunningSystem(clock);
        this.input = input;
        this.every = every;
        this.docket = docket;
        this.log = log;
    }

    /** Goes on until the thread is interrupted. */
    void run() throws InterruptedException {
        while (!Thread.currentThread().isInterrupted()) {
            round();
            Settling.Pause.ASLEEP.lasting(every);
        }
    }

    /** One audit. What is broken in the evidence or the machinery proves nothing either way. */
    void round() throws InterruptedException {
        var begun = clock.instant();
        var before = docket.standing(begun).http();
        List<String> reasons;
        try {
            var verdict = audit.run(input.get());
            var ended = clock.instant();
            var round = Duration.between(begun, ended).plus(every);
            docket.judged(verdict, ended, round.multipliedBy(ROUNDS_MAX));
            reasons = reasons(verdict);
        } catch (BrokenEvidence
                | SQLException
                | UncheckedIOException
                | IllegalArgumentException broken) {
            var reason = String.valueOf(broken.getMessage());
            docket.broken(reason);
            reasons = List.of(reason);
        }
        var after = docket.standing(clock.instant());
        if (after.http() != before) {
            log.accept("verdict: " + before + " -> " + after.http());
            reasons.forEach(reason -> log.accept("  " + reason));
        }
    }

    /** What speaks against the verdict's being good, at most so much. */
    private static List<String> reasons(Verdict verdict) {
        var violations = verdict.violations().stream().map(Violation::told);
        return Stream.concat(violations, verdict.shortfalls().stream()).limit(TOLD_MAX).toList();
    }
}
