package dev.paygateway.chaos.drill;

import dev.paygateway.chaos.load.LoadResult;
import dev.paygateway.chaos.report.ClientView;
import dev.paygateway.chaos.report.DrillReport;
import dev.paygateway.chaos.report.FaultSpan;
import dev.paygateway.chaos.report.Judgement;
import dev.paygateway.chaos.report.StepDone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * Plays one page: a lab of its own, clients that pay all the while, the page's commands phase by
 * phase, then the audit. Nothing of it is told by the service: the figures are the clients'.
 */
final class Drill {
    private static final List<Phase> UNDER_LOAD =
            List.of(Phase.BEFORE, Phase.FAULT, Phase.DURING, Phase.HEAL);

    private static final Duration WARM_MAX = Duration.ofMinutes(4);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final Page page;
    private final Terms terms;
    private final Teller teller;
    private final Launcher launcher;
    private final ByHand byHand;
    private final Player player;
    private final Histories histories;
    private final Instant started = Instant.now();
    private Judgement judgement = Judgement.none("the page's audit was not reached");

    private Drill(Page page, Terms terms, Teller teller, Supplier<CommandLine> commandLine) {
        this.page = page;
        this.terms = terms;
        this.teller = teller;
        launcher = new Launcher(commandLine, terms.state());
        byHand = new ByHand(terms, page.name());
        player = new Player(launcher, terms, teller, byHand);
        histories = Histories.of(terms.histories());
    }

    /**
     * Plays it to its end and takes everything down.
     *
     * @param commandLine a fresh command line each time
     * @throws dev.paygateway.chaos.lab.LabFailure when the lab does not come up
     * @throws DrillFailure when it cannot go on
     */
    static DrillReport play(
            Page page, Terms terms, Teller teller, Supplier<CommandLine> commandLine)
            throws InterruptedException {
        return new Drill(page, terms, teller, commandLine).play();
    }

    private DrillReport play() throws InterruptedException {
        teller.say("drill   %s, seed %d".formatted(page.name(), terms.seed()));
        try (var stage = Stage.open(page.frame(), terms, launcher, teller)) {
            var versions = Versions.of(stage.lab());
            try (var payers = new Payers(page.frame(), terms, stage.lab().env())) {
                teller.watch(payers::pulse);
                underLoad(payers);
                teller.begin("settling");
                teller.say("settle  what is open ends within " + page.frame().settle());
                var loads = payers.end();
                check();
                return report(versions, payers, loads);
            }
        }
    }

    private void underLoad(Payers payers) throws InterruptedException {
        warm(payers);
        try {
            for (var phase : UNDER_LOAD) {
                if (phase == Phase.HEAL) {
                    endWhatRunsBeside(payers);
                }
                for (var block : page.of(phase)) {
                    play(block, payers);
                }
            }
            endWhatRunsBeside(payers);
        } finally {
            player.endWatching();
        }
        byHand.healAll();
    }

    /** New processes are slow, and a drill of slow ones measures nothing. */
    private void warm(Payers payers) throws InterruptedException {
        teller.begin("warming");
        payers.payFor(page.frame().warm());
        var end = System.nanoTime() + WARM_MAX.toNanos();
        while (!payers.steady()) {
            if (System.nanoTime() - end > 0) {
                throw new DrillFailure(
                        "not every client was served at its rate within %d s: %s"
                                .formatted(WARM_MAX.toSeconds(), payers.pulse()));
            }
            payers.payFor(LOOK_EVERY);
        }
        teller.say("warm    all clients are served at their rate");
    }

    private void play(Block block, Payers payers) throws InterruptedException {
        for (var order : block.orders()) {
            if (order.beside() && block.phase() == Phase.BEFORE) {
                player.watch(block.phase(), order, told(order));
            } else if (order.beside()) {
                player.begin(block.phase(), order);
            } else {
                player.play(block.phase(), order, told(order));
            }
        }
        teller.begin(block.phase() + ": payments flow");
        payers.payFor(block.rest());
    }

    /** A fault has its own time; healing begins when it is over. */
    private void endWhatRunsBeside(Payers payers) throws InterruptedException {
        while (player.busy()) {
            payers.payFor(LOOK_EVERY);
        }
    }

    private void check() throws InterruptedException {
        for (var block : page.of(Phase.CHECK)) {
            for (var order : block.orders()) {
                var outcome = player.play(Phase.CHECK, order, told(order));
                if (order.audits()) {
                    judgement = Verdicts.of(outcome);
                }
            }
        }
    }

    /** Who judges is told what everybody saw who has paid since the drill began. */
    private List<String> told(Order order) {
        if (!order.judges()) {
            return List.of();
        }
        var words = new ArrayList<>(order.audits() ? List.of("--json") : List.<String>of());
        histories.written().forEach(history -> words.add(history.toString()));
        return words;
    }

    private DrillReport report(
            Map<String, String> versions, Payers payers, List<LoadResult> loads) {
        var steps = player.done();
        var faults = Spans.of(terms.faultLog(), started);
        var begun = begun(faults, steps);
        List<ClientView> clients = payers.views(begun);
        var evidence = new Gates.Evidence(clients, loads, faults, steps, judgement);
        var subject =
                new DrillReport.Subject(
                        page.name(),
                        page.title(),
                        page.hypothesis(),
                        terms.seed(),
                        Versions.commit(terms.root()),
                        started,
                        Instant.now());
        return new DrillReport(
                subject,
                versions,
                begun.getFirst(),
                steps,
                faults,
                clients,
                Gates.of(page.frame().bounds(), evidence),
                judgement);
    }

    /** When the faults began, in order; without any, the command that should have begun one. */
    private List<Instant> begun(List<FaultSpan> faults, List<StepDone> steps) {
        if (!faults.isEmpty()) {
            return faults.stream().map(FaultSpan::from).sorted().toList();
        }
        var commanded =
                steps.stream()
                        .filter(step -> step.phase().equals(Phase.FAULT.toString()))
                        .map(StepDone::at)
                        .findFirst();
        return List.of(commanded.orElse(started));
    }
}
