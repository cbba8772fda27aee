package dev.paygateway.chaos.audit;

import dev.paygateway.chaos.audit.evidence.Run;
import dev.paygateway.chaos.audit.judge.Law;
import dev.paygateway.chaos.audit.outage.Outage;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a verdict as one JSON object, for machines. */
final class VerdictJson {
    private static final JsonMapper JSON = JsonMapper.shared();

    private VerdictJson() {}

    static String of(Verdict verdict) {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree(verdict));
    }

    static ObjectNode tree(Verdict verdict) {
        var root = JSON.createObjectNode();
        root.put("verdict", verdict.passed() ? "passed" : "failed");
        root.put("violations", verdict.violated());
        root.put("tested_enough", verdict.testedEnough());
        addAll(root.putArray("shortfalls"), verdict.shortfalls());
        work(root.putObject("work"), verdict);
        var outages = root.putArray("outages");
        verdict.outages().forEach(outage -> outage(outages.addObject(), outage));
        var runs = root.putArray("histories");
        verdict.runs().forEach(run -> run(runs.addObject(), run));
        var laws = root.putArray("invariants");
        Arrays.stream(Law.values()).forEach(law -> law(laws.addObject(), law, verdict));
        var found = root.putArray("found");
        verdict.violations().forEach(violation -> violation(found.addObject(), violation));
        return root;
    }

    private static void work(ObjectNode node, Verdict verdict) {
        var work = verdict.work();
        node.put("payments", work.payments());
        node.put("outside_the_histories", work.elsewhere());
        node.put("invoked", work.invoked());
        node.put("acknowledged", work.acknowledged());
        var byRegion = node.putObject("acknowledged_by_region");
        verdict.acknowledgedByRegion().forEach(byRegion::put);
        node.put("refused", work.refused());
        node.put("unanswered", work.unanswered());
        node.put("unknown_outcomes", work.unknowns());
        node.put("still_open", work.open());
        node.put("needs_review", work.review());
        node.put("undecided", work.undecided().effects());
    }

    private static void run(ObjectNode node, Run run) {
        node.put("name", run.name());
        run.seed().ifPresent(seed -> node.put("seed", seed));
        node.put("started", run.started().toString());
        node.put("ended", run.ended().toString());
    }

    private static void outage(ObjectNode node, Outage outage) {
        var fault = outage.fault();
        node.put("id", fault.id()).put("fault", fault.name()).put("kind", fault.kind());
        addAll(node.putArray("targets"), fault.targets());
        node.put("injected", fault.injected().toString());
        fault.healed().ifPresent(end -> node.put("healed", end.toString()));
        addAll(node.putArray("proofs"), fault.proofs());
        node.put("counted_from", outage.countedFrom().toString());
        node.put("gap_ms", outage.gap().toMillis());
        var byRegion = node.putObject("gap_ms_by_region");
        outage.gapsByRegion().forEach((region, gap) -> byRegion.put(region, gap.toMillis()));
        var byHistory = node.putObject("gap_ms_by_history");
        outage.gapsByHistory().forEach((history, gap) -> byHistory.put(history, gap.toMillis()));
        outage.rateBack().ifPresent(time -> node.put("rate_back_ms", time.toMillis()));
    }

    private static void law(ObjectNode node, Law law, Verdict verdict) {
        node.put("id", law.name());
        node.put("statement", law.statement());
        var tally = verdict.tallies().stream().filter(it -> it.law() == law).findFirst();
        node.put("state", tally.map(VerdictJson::state).orElse("not yet"));
        tally.ifPresent(
                it -> node.put("checked", it.subjects()).put("violations", it.violations()));
        Optional.ofNullable(verdict.notYet().get(law)).ifPresent(why -> node.put("reason", why));
    }

    private static String state(Tally tally) {
        return tally.violations() == 0 ? "kept" : "violated";
    }

    private static void violation(ObjectNode node, Violation violation) {
        node.put("invariant", violation.law().name());
        node.put("subject", violation.subject());
        addAll(node.putArray("problems"), violation.problems());
        addAll(node.putArray("slice"), violation.slice());
    }

    private static void addAll(ArrayNode array, Iterable<String> texts) {
        texts.forEach(array::add);
    }
}
