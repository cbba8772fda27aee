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

    private final InstantSource clock;
    private final Audit audit;
    private final Supplier<AuditInput> input;
    private final Docket docket;
    private final Consumer<String> log;

    /**
     * @param input what to judge, asked for anew each time: there may be a newer history
     * @param log told of each change of what the docket answers, and of its reasons
     */
    ContinuousAudit(
            InstantSource clock, Supplier<AuditInput> input, Docket docket, Consumer<String> log) {
        this.clock = clock;
        audit = Audit.ofRunningSystem(clock);
        this.input = input;
        this.docket = docket;
        this.log = log;
    }

    /** Goes on until the thread is interrupted. */
    void run(Duration every) throws InterruptedException {
        while (!Thread.currentThread().isInterrupted()) {
            round();
            Settling.Pause.ASLEEP.lasting(every);
        }
    }

    /** One audit. What is broken in the evidence or the machinery proves nothing either way. */
    void round() throws InterruptedException {
        var before = docket.standing().http();
        List<String> reasons;
        try {
            var verdict = audit.run(input.get());
            docket.judged(verdict, clock.instant());
            reasons = reasons(verdict);
        } catch (BrokenEvidence
                | SQLException
                | UncheckedIOException
                | IllegalArgumentException broken) {
            var reason = String.valueOf(broken.getMessage());
            docket.broken(reason);
            reasons = List.of(reason);
        }
        var after = docket.standing();
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
