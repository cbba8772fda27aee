package dev.paygateway.chaos.audit;

import dev.paygateway.chaos.audit.evidence.Book;
import dev.paygateway.chaos.audit.evidence.Database;
import dev.paygateway.chaos.audit.evidence.Fault;
import dev.paygateway.chaos.audit.evidence.FaultLog;
import dev.paygateway.chaos.audit.evidence.History;
import dev.paygateway.chaos.audit.evidence.Parts;
import dev.paygateway.chaos.audit.evidence.Run;
import dev.paygateway.chaos.audit.judge.Examination;
import dev.paygateway.chaos.audit.judge.Horizon;
import dev.paygateway.chaos.audit.outage.Outages;
import dev.paygateway.chaos.audit.secrecy.Logins;
import dev.paygateway.chaos.audit.secrecy.Secrets;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Holds the client's histories, the acquirers' books and the database against each other.
 *
 * <p>The order of reading matters, for the system may be at work: the books come before the
 * database, so each effect that is read has its operation among the rows that are read; what the
 * rows learned after that is too fresh to be held against the books, and is left to the next audit.
 * Effects that are too young to be held against the rows are not: an audit of a system at rest
 * reads again until they may be.
 */
public final class Audit {
    private final InstantSource clock;
    private final Optional<Settling> settling;
    private final boolean outagesToo;
    private final Logins logins = new Logins();

    /** What one reading of the three books came to. */
    private record Reading(
            List<Run> runs, List<Fault> faults, Horizon horizon, Outages outages, Bench bench) {}

    private Audit(InstantSource clock, Optional<Settling> settling, boolean outagesToo) {
        this.clock = clock;
        this.settling = settling;
        this.outagesToo = outagesToo;
    }

    Audit(InstantSource clock, Settling settling) {
        this(clock, Optional.of(settling), true);
    }

    /**
     * @param clock the wall clock of the machine that wrote the histories
     * @param progress told what the audit is waiting for, a line each time
     */
    public Audit(InstantSource clock, Consumer<String> progress) {
        this(clock, new Settling(clock, Settling.Pause.ASLEEP, progress));
    }

    /** One that waits for nothing: what is open within the bound is open, and no violation. */
    static Audit ofRunningSystem(InstantSource clock) {
        return new Audit(clock, Optional.empty(), true);
    }

    /**
     * The same for whoever asks whether to go on: an outage that was too long is over, and no
     * reason to leave a region out.
     */
    static Audit beforeGoingOn(InstantSource clock) {
        return new Audit(clock, Optional.empty(), false);
    }

    /**
     * Waits until nothing is open, or until it should not be, then judges.
     *
     * @throws dev.paygateway.chaos.audit.evidence.BrokenEvidence if a history or book is missing or
     *     torn before its end
     * @throws SQLException if the database cannot be read
     */
    public Verdict run(AuditInput input) throws SQLException, InterruptedException {
        try (var database = Database.open(input.database())) {
            var reading =
                    settling.isPresent()
                            ? settled(input, database, settling.get())
                            : read(input, database);
            var bench = reading.bench();
            if (outagesToo && !reading.faults().isEmpty()) {
                bench.take(reading.outages().ruling());
            }
            if (input.nodes().size() > 1) {
                new EveryNode(input, reading.horizon()).judge(bench);
            }
            secrecy(input, bench, reading.faults());
            var enough = input.enough().apply(reading.faults());
            var verdict = bench.verdict(reading.runs(), reading.outages(), enough);
            return settling.isPresent()
                    ? verdict.lacking(verdict.work().undecided().shortfalls())
                    : verdict;
        }
    }

    /** Reads again while something may not be judged yet that the first reading saw. */
    private Reading settled(AuditInput input, Database database, Settling patience)
            throws SQLException, InterruptedException {
        var reading = read(input, database);
        var until = reading.bench().work().undecided().until();
        while (patience.rest(reading.bench().work().undecided(), until)) {
            reading = read(input, database);
        }
        return reading;
    }

    private Reading read(AuditInput input, Database database)
            throws SQLException, InterruptedException {
        try (var parts = Parts.create()) {
            var runs = input.histories().stream().map(it -> History.read(it, parts::call)).toList();
            if (settling.isPresent()) {
                settling.get().await(database, runs, input.settle());
            }
            var faults = faults(input, runs);
            var booksReadAt = clock.instant();
            input.books().forEach(book -> Book.read(book, parts::book));
            parts.expect(database.eventsAbout());
            var asOf = database.read(parts::row);
            var horizon = new Horizon(booksReadAt, asOf, input.settle(), runs, input.strict());
            var outages = new Outages(input.objectives(), faults, input.regions());
            return new Reading(runs, faults, horizon, outages, judge(parts, horizon, outages));
        }
    }

    private static List<Fault> faults(AuditInput input, List<Run> runs) {
        return input.faults().map(FaultLog::read).orElse(List.of()).stream()
                .filter(fault -> runs.stream().anyMatch(fault::during))
                .toList();
    }

    private void secrecy(AuditInput input, Bench bench, List<Fault> faults)
            throws SQLException, InterruptedException {
        var nodes = input.nodes().isEmpty() ? Map.of("database", input.database()) : input.nodes();
        var lives = logins.judge(nodes, faults, clock.instant());
        lives.users().ifPresent(bench::take);
        lives.sessions().ifPresent(bench::take);
        if (input.stores().isPresent()) {
            bench.take(Secrets.searched(input.stores().get(), input.database()));
        }
    }

    /** Judges what has been read: no clock, no file, no database. */
    static Bench judge(Parts parts, Horizon horizon, Outages outages) {
        var bench = new Bench();
        parts.each(assembly ->
                assembly.dossiers()
                        .forEach(dossier -> {
                            bench.hear(dossier, new Examination(dossier, horizon));
                            outages.take(dossier);
                        }));
        return bench;
    }
}
