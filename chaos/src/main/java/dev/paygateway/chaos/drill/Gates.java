package dev.paygateway.chaos.drill;

import dev.paygateway.chaos.load.LoadResult;
import dev.paygateway.chaos.report.ClientView;
import dev.paygateway.chaos.report.FaultSpan;
import dev.paygateway.chaos.report.GateResult;
import dev.paygateway.chaos.report.Judgement;
import dev.paygateway.chaos.report.StepDone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Holds a drill's figures against its page. */
final class Gates {
    private final Bounds bounds;
    private final List<GateResult> results = new ArrayList<>();

    private Gates(Bounds bounds) {
        this.bounds = bounds;
    }

    /** What there is to be judged. */
    record Evidence(
            List<ClientView> clients,
            List<LoadResult> loads,
            List<FaultSpan> faults,
            List<StepDone> steps,
            Judgement judgement) {}

    static List<GateResult> of(Bounds bounds, Evidence evidence) {
        var gates = new Gates(bounds);
        evidence.clients().forEach(gates::client);
        gates.payments(evidence);
        gates.faults(evidence.faults());
        gates.steps(evidence);
        gates.audit(evidence.judgement());
        return List.copyOf(gates.results);
    }

    private void client(ClientView client) {
        Ways.of(client.name())
                .map(bounds.rto()::get)
                .ifPresent(rto ->
                        time(
                                "RTO, client " + client.name(),
                                rto,
                                Optional.of(client.outage().rto())));
        var back = client.outage().back();
        bounds.rateBack()
                .ifPresent(
                        most -> time("99 % of the rate back, client " + client.name(), most, back));
        add(
                "acknowledged, client " + client.name(),
                ">= " + bounds.acknowledgedMin(),
                Long.toString(client.acknowledged()),
                client.acknowledged() >= bounds.acknowledgedMin());
    }

    private void payments(Evidence evidence) {
        long failed = evidence.clients().stream().mapToLong(ClientView::failed).sum();
        add(
                "failed payments",
                "<= " + bounds.failedMax(),
                Long.toString(failed),
                failed <= bounds.failedMax());
        none("open at the end", evidence.clients().stream().mapToLong(ClientView::open).sum());
        none(
                "answers that disagree",
                evidence.loads().stream().mapToLong(LoadResult::disagreements).sum());
    }

    private void faults(List<FaultSpan> faults) {
        long proved = faults.stream().filter(it -> it.evidence().isPresent()).count();
        add(
                "faults that provably bit",
                "all, 1 at least",
                "%d of %d".formatted(proved, faults.size()),
                proved == faults.size() && proved > 0);
        long healed = faults.stream().filter(it -> it.until().isPresent()).count();
        add(
                "faults healed",
                "all",
                "%d of %d".formatted(healed, faults.size()),
                healed == faults.size());
    }

    private void steps(Evidence evidence) {
        var steps = evidence.steps();
        var others = steps.stream().filter(step -> !step.fine()).toList();
        results.add(
                new GateResult(
                        "commands that ended as the page says",
                        "all",
                        "%d of %d".formatted(steps.size() - others.size(), steps.size()),
                        others.isEmpty(),
                        evidence.judgement().missedOnlyTime()
                                && others.stream().allMatch(Gates::judged)));
    }

    /** The command whose verdict is the audit's own gate. */
    private static boolean judged(StepDone step) {
        return step.phase().equals(Phase.CHECK.toString())
                && step.command().startsWith("./gateway audit");
    }

    private void audit(Judgement judgement) {
        results.add(
                new GateResult(
                        "audit",
                        "passed, 0 violations",
                        "%s, %d violations"
                                .formatted(
                                        judgement.passed() ? "passed" : "failed",
                                        judgement.violations()),
                        judgement.passed() && judgement.violations() == 0,
                        judgement.missedOnlyTime()));
    }

    private void time(String name, Duration most, Optional<Duration> measured) {
        results.add(
                new GateResult(
                        name,
                        "<= " + seconds(most),
                        measured.map(Gates::seconds).orElse("never"),
                        measured.filter(it -> it.compareTo(most) <= 0).isPresent(),
                        true));
    }

    private void none(String name, long measured) {
        add(name, "0", Long.toString(measured), measured == 0);
    }

    private void add(String name, String wanted, String measured, boolean passed) {
        results.add(new GateResult(name, wanted, measured, passed, false));
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
    }
}
