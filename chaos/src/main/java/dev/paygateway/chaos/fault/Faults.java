package dev.paygateway.chaos.fault;

import com.google.errorprone.annotations.MustBeClosed;
import dev.paygateway.chaos.fault.journal.FaultEvent;
import dev.paygateway.chaos.fault.journal.FaultLog;
import dev.paygateway.chaos.fault.journal.Journal;
import dev.paygateway.chaos.fault.manifest.Experiment;
import dev.paygateway.chaos.fault.manifest.Manifest;
import dev.paygateway.chaos.fault.manifest.Manifests;
import dev.paygateway.chaos.fault.manifest.StatusCheck;
import dev.paygateway.chaos.fault.manifest.Workflow;
import dev.paygateway.chaos.fault.play.Player;
import dev.paygateway.chaos.fault.play.Stage;
import dev.paygateway.chaos.lab.Lab;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plays manifests on a stage. */
public final class Faults {
    /** How long a fault without a duration may last until it is healed by whoever began it. */
    public static final Duration LENGTH_MAX = Duration.ofHours(1);

    private final Stage stage;
    private final Settings settings;
    private final FaultLog log;

    private Faults(Stage stage, Settings settings) {
        this.stage = stage;
        this.settings = settings;
        log = new FaultLog(stage.run());
    }

    /** A line of the shell that starts parts of a lab again; it may be run twice. */
    public static String startAgain(Path state, List<String> parts) {
        return new LabStage(state).startAgain(parts);
    }

    /**
     * Plays a file on a lab. Of a single fault, it is proved when this returns, and lasts until it
     * is closed, or its duration is over; a workflow goes on by itself until it is awaited.
     */
    @MustBeClosed
    public static Injection play(Path file, Lab lab, long seed) {
        return play(file, LabStage.of(lab), Settings.seeded(seed));
    }

    @MustBeClosed
    public static Injection play(Path file, Lab lab, Settings settings) {
        return play(file, LabStage.of(lab), settings);
    }

    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // handed on, whatever it is
    static Injection play(Path file, Stage stage, Settings settings) {
        var manifest = Manifests.one(file);
        var faults = new Faults(stage, settings);
        return switch (manifest.body()) {
            case Manifest.Single(var experiment) ->
                    faults.bite(manifest, experiment, faults.length(experiment));
            case Workflow workflow -> Course.begin(manifest, workflow, faults);
            case StatusCheck check -> Course.begin(manifest, asWorkflow(check), faults);
        };
    }

    private static Workflow asWorkflow(StatusCheck check) {
        var step = new Workflow.Step.Check(check, true);
        var only = new Workflow.Template("check", check.duration(), step);
        return new Workflow("check", Map.of("check", only));
    }

    private Optional<Duration> length(Experiment experiment) {
        return settings.length().or(experiment::duration);
    }

    Settings settings() {
        return settings;
    }

    /** Begins one fault; empty length: until it is closed. */
    @MustBeClosed
    Bite bite(Manifest manifest, Experiment experiment, Optional<Duration> length) {
        var journal = Journal.begin(stage.run());
        try {
            var player = new Player(stage, manifest, settings.seed());
            var plan = player.plan(experiment, journal.folder());
            var first =
                    new FaultEvent(
                            journal.id(),
                            manifest.name(),
                            manifest.file().toString(),
                            kind(experiment),
                            plan.targets(),
                            FaultEvent.INJECTED,
                            Instant.now(),
                            Map.of());
            return Bite.begin(plan, journal, log, first, length.orElse(LENGTH_MAX));
        } finally {
            journal.discardUnarmed();
        }
    }

    private static String kind(Experiment experiment) {
        return switch (experiment) {
            case Experiment.Pod _ -> "PodChaos";
            case Experiment.Network _ -> "NetworkChaos";
            case Experiment.Io _ -> "IOChaos";
            case Experiment.Stress _ -> "StressChaos";
            case Experiment.Clock _ -> "TimeChaos";
            case Experiment.Freeze _ -> "ProcessChaos";
            case Experiment.Vault _ -> "VaultChaos";
            case Experiment.Certificate _ -> "CertificateChaos";
            case Experiment.Dns _ -> "DnsChaos";
            case Experiment.Acquirer _ -> "AcquirerChaos";
        };
    }

    /** What is not healed yet, by its journal alone: nobody needs to live who began it. */
    static List<Journal> open(Path run) {
        return Journal.all(run).stream()
                .filter(journal -> journal.armed() && !journal.undone())
                .toList();
    }

    /** Takes one back by its journal, and tells of it; whether it is taken back. */
    static boolean healByHand(Journal journal, Path run) {
        var undone = journal.undo();
        var log = new FaultLog(run);
        if (undone && journal.mayTell()) {
            log.read().stream()
                    .filter(event -> event.id().equals(journal.id()))
                    .findFirst()
                    .map(event ->
                            event.then(
                                    FaultEvent.HEALED,
                                    Instant.now(),
                                    Map.of("what", "undone by hand")))
                    .ifPresent(log::append);
        }
        if (undone) {
            journal.dismiss();
        }
        return undone;
    }
}
