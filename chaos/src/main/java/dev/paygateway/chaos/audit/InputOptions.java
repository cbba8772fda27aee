package dev.paygateway.chaos.audit;

import dev.paygateway.chaos.audit.evidence.Fault;
import dev.paygateway.chaos.audit.outage.Objectives;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the command line says of the input; all else comes from the running sandbox. */
final class InputOptions {
    @Parameters(
            paramLabel = "HISTORY",
            description = "History files of ./gateway load (default: the newest).")
    private List<Path> histories = List.of();

    @Option(
            names = "--settle",
            paramLabel = "TIME",
            defaultValue = "130s",
            description = "How long an outcome may stay open after the run (default: 130s).")
    private String settle = "130s";

    @Option(
            names = "--strict",
            description = "Every payment made during a run must stand in its history.")
    private boolean strict;

    @Option(
            names = "--min-acknowledged",
            paramLabel = "N",
            description = "Fewer fail the audit (default: 1; 100 in a run with faults).")
    private Optional<Long> acknowledgedMin = Optional.empty();

    @Option(
            names = "--min-in-each-region",
            paramLabel = "N",
            description = "Fewer acknowledged fail it (default: 0; 10 in a run with faults).")
    private Optional<Long> inEachRegionMin = Optional.empty();

    @Option(
            names = "--min-unknowns",
            paramLabel = "N",
            description = "Fewer unknown outcomes fail it (default: 0; 1 in a run with faults).")
    private Optional<Long> unknownsMin = Optional.empty();

    @Option(
            names = "--max-needs-review",
            paramLabel = "N",
            description =
                    "More payments left to people fail it (default: 0; --serve, --running: any).")
    private Optional<Long> reviewMax = Optional.empty();

    @Option(
            names = "--faults",
            paramLabel = "FILE",
            description = "The fault log (default: run/faults.jsonl of the sandbox, if any).")
    private Optional<Path> faults = Optional.empty();

    @Option(
            names = "--rto",
            paramLabel = "TIME",
            defaultValue = "15s",
            description = "The longest time without a served request (default: 15s).")
    private String rto = "15s";

    @Option(
            names = "--total",
            paramLabel = "FAULT",
            description = "Faults that leave nobody to serve, and count from their end.")
    private Set<String> total = Objectives.STANDARD.total();

    @Option(
            names = "--nodes",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Compare the database's nodes, where there are several (default).")
    private boolean nodes = true;

    @Option(
            names = "--secrets",
            negatable = true,
            description =
                    "Look for secrets in all stores (default, but not with --serve, --running).")
    private Optional<Boolean> secrets = Optional.empty();

    @Option(
            names = "--canary",
            paramLabel = "NAME=TEXT",
            description = "One more text that must stand nowhere.")
    private Map<String, String> canaries = Map.of();

    @Option(
            names = "--state",
            paramLabel = "FOLDER",
            defaultValue = ".gateway",
            description = "The state folder of the running sandbox (default: .gateway).")
    private Path stateFolder = Path.of(".gateway");

    /** For an audit that is repeated all the time: it looks for secrets only if told to. */
    AuditInput inputOfRound() {
        return input(secrets.orElse(false), reviewMax.orElse(Long.MAX_VALUE));
    }

    AuditInput input() {
        return input(secrets.orElse(true), reviewMax.orElse(0L));
    }

    private AuditInput input(boolean searching, long reviewed) {
        var sandbox = Sandbox.at(stateFolder);
        var read = histories.isEmpty() ? List.of(sandbox.newestHistory()) : histories;
        var input =
                AuditInput.of(read, sandbox.books(), sandbox.database())
                        .regions(sandbox.regions())
                        .settle(Spans.parse("--settle", settle))
                        .strict(strict)
                        .objectives(objectives());
        if (nodes) {
            input.nodes(sandbox.nodes());
        }
        faults.or(sandbox::faultLog).ifPresent(input::faults);
        if (searching) {
            input.stores(new Canaries(sandbox).stores(canaries));
        }
        input.enough(played -> enough(played, reviewed));
        return input.build();
    }

    private Objectives objectives() {
        return Objectives.STANDARD.gapMax(Spans.parse("--rto", rto)).total(total);
    }

    /** What is given, and else what a run of that kind needs. */
    private Enough enough(List<Fault> played, long reviewed) {
        var usual = Enough.usual(played);
        return new Enough(
                acknowledgedMin.orElse(usual.acknowledgedMin()),
                inEachRegionMin.orElse(usual.acknowledgedInEachRegionMin()),
                unknownsMin.orElse(usual.unknownsMin()),
                reviewed);
    }
}
