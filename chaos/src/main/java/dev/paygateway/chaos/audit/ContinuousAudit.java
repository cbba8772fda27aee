package dev.paygateway.chaos.audit;

import dev.paygateway.chaos.audit.evidence.BrokenEvidence;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Audits again and again, whatever the system is doing, and keeps the docket up to date. */
final class ContinuousAudit {
    private final InstantSource clock;
    private final Audit audit;
    private final Supplier<AuditInput> input;
    private final Docket docket;
    private final Consumer<String> log;

    /**
     * @param input what to judge, asked for anew each time: there may be a newer history
     * @param log told of each change of what the docket answers
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
        try {
            docket.judged(audit.run(input.get()), clock.instant());
        } catch (BrokenEvidence
                | SQLException
                | UncheckedIOException
                | IllegalArgumentException broken) {
            docket.broken(String.valueOf(broken.getMessage()));
        }
        var after = docket.standing();
        if (after.http() != before) {
            log.accept("verdict: " + before + " -> " + after.http());
        }
    }
}
