package dev.paygateway.chaos.report;

import java.time.Duration;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The report as one JSON object, with the figures that the page shows. */
final class ReportJson {
    private static final JsonMapper JSON = JsonMapper.shared();

    private ReportJson() {}

    static String of(DrillReport report) {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree(report));
    }

    static ObjectNode tree(DrillReport report) {
        var subject = report.subject();
        var root =
                JSON.createObjectNode()
                        .put("drill", subject.drill())
                        .put("verdict", report.passed() ? "passed" : "failed")
                        .put("missed_only_time", report.missedOnlyTime())
                        .put("seed", subject.seed())
                        .put("commit", subject.commit())
                        .put("hypothesis", subject.hypothesis())
                        .put("started", subject.started().toString())
                        .put("ended", subject.ended().toString())
                        .put("fault_at", report.faultAt().toString());
        var versions = root.putObject("versions");
        report.versions().forEach(versions::put);
        var gates = root.putArray("gates");
        report.gates().forEach(gate -> gate(gates.addObject(), gate));
        var clients = root.putArray("clients");
        report.clients().forEach(client -> client(clients.addObject(), client));
        var faults = root.putArray("faults");
        report.faults().forEach(fault -> fault(faults.addObject(), fault));
        var steps = root.putArray("steps");
        report.steps().forEach(step -> step(steps.addObject(), step));
        judgement(root.putObject("audit"), report.judgement());
        return root;
    }

    private static void gate(ObjectNode node, GateResult gate) {
        node.put("name", gate.name())
                .put("wanted", gate.wanted())
                .put("measured", gate.measured())
                .put("passed", gate.passed());
    }

    private static void client(ObjectNode node, ClientView client) {
        var outage = client.outage();
        node.put("name", client.name())
                .put("rto_ms", outage.rto().toMillis())
                .put("rto_from", outage.from().toString())
                .put("payments", client.payments())
                .put("acknowledged", client.acknowledged())
                .put("failed_payments", client.failed())
                .put("first_try_failures", client.firstTryFailed())
                .put("unknown_seen", client.unknownSeen())
                .put("open", client.open())
                .put("p50_ms", client.p50().toMillis())
                .put("p99_ms", client.p99().toMillis())
                .put("max_ms", client.max().toMillis());
        outage.back()
                .map(Duration::toMillis)
                .ifPresentOrElse(
                        back -> node.put("rate_back_ms", back), () -> node.putNull("rate_back_ms"));
        var seconds = node.putArray("seconds");
        client.seconds().forEach(second -> second(seconds.addObject(), second));
    }

    private static void second(ObjectNode node, Second second) {
        node.put("at", second.at().toString())
                .put("arrived", second.arrived())
                .put("acknowledged", second.acknowledged())
                .put("answered", second.answered())
                .put("unknown", second.unknown())
                .put("p50_ms", second.p50().toMillis())
                .put("p99_ms", second.p99().toMillis());
    }

    private static void fault(ObjectNode node, FaultSpan fault) {
        node.put("fault", fault.name())
                .put("targets", fault.targets())
                .put("from", fault.from().toString())
                .put("until", fault.until().map(Object::toString).orElse(null))
                .put("evidence", fault.evidence().orElse(null));
    }

    private static void step(ObjectNode node, StepDone step) {
        node.put("phase", step.phase())
                .put("command", step.command())
                .put("at", step.at().toString())
                .put("took_ms", step.took().toMillis())
                .put("exit", step.exit())
                .put("complaint", step.complaint().orElse(null))
                .put("evidence", step.evidence());
    }

    private static void judgement(ObjectNode node, Judgement judgement) {
        node.put("passed", judgement.passed()).put("violations", judgement.violations());
        var laws = node.putArray("invariants");
        for (var law : judgement.laws()) {
            laws.addObject()
                    .put("id", law.id())
                    .put("statement", law.statement())
                    .put("state", law.state())
                    .put("checked", law.checked())
                    .put("violations", law.violations());
        }
        var outages = node.putArray("outages");
        for (var cost : judgement.outages()) {
            outages.addObject()
                    .put("id", cost.id())
                    .put("fault", cost.fault())
                    .put("gap_ms", cost.gap().toMillis())
                    .put("rate_back_ms", cost.rateBack().map(Duration::toMillis).orElse(null));
        }
        var words = node.putArray("found");
        judgement.words().forEach(words::add);
    }
}
