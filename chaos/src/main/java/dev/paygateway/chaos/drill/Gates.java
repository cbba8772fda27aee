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
        gates.steps(evidence.steps());
        gates.audit(evidence.judgement());
        return List.copyOf(gates.results);
    }

    private void client(ClientView client) {
        Ways.of(client.name())
                .map(bounds.rto()::get)
                .ifPresent(rto -> time("RTO, client " + client.name(), rto, client.outage().rto()));
        var back = client.outage().back();
        bounds.rateBack()
                .ifPresent(most ->
                        add(
                                "99 % of the rate back, client " + client.name(),
                                "<= " + seconds(most),
                                back.map(Gates::seconds).orElse("never"),
                                back.filter(it -> it.compareTo(most) <= 0).isPresent()));
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

    private void steps(List<StepDone> steps) {
        long fine = steps.stream().filter(StepDone::fine).count();
        add(
                "commands that ended as the page says",
                "all",
                "%d of %d".formatted(fine, steps.size()),
                fine == steps.size());
    }

    private void audit(Judgement judgement) {
        add(
                "audit",
                "passed, 0 violations",
                "%s, %d violations"
                        .formatted(
                                judgement.passed() ? "passed" : "failed", judgement.violations()),
                judgement.passed() && judgement.violations() == 0);
    }

    private void time(String name, Duration most, Duration measured) {
        add(name, "<= " + seconds(most), seconds(measured), measured.compareTo(most) <= 0);
    }

    private void none(String name, long measured) {
        add(name, "0", Long.toString(measured), measured == 0);
    }

    private void add(String name, String wanted, String measured, boolean passed) {
        results.add(new GateResult(name, wanted, measured, passed));
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
    }
}
