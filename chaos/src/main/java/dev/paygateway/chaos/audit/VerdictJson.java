package dev.paygateway.chaos.audit;

import dev.paygateway.chaos.audit.evidence.Run;
import dev.paygateway.chaos.audit.judge.Law;
import java.util.Arrays;
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
        work(root.putObject("work"), verdict);
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
        node.put("acknowledged_min", verdict.acknowledgedMin());
        node.put("refused", work.refused());
        node.put("unanswered", work.unanswered());
        node.put("unknown_outcomes", work.unknowns());
        node.put("still_open", work.open());
    }

    private static void run(ObjectNode node, Run run) {
        node.put("name", run.name());
        run.seed().ifPresent(seed -> node.put("seed", seed));
        node.put("started", run.started().toString());
        node.put("ended", run.ended().toString());
    }

    private static void law(ObjectNode node, Law law, Verdict verdict) {
        node.put("id", law.name());
        node.put("statement", law.statement());
        var tally = verdict.tallies().stream().filter(it -> it.law() == law).findFirst();
        node.put("state", state(tally.map(Tally::violations).orElse(-1L)));
        tally.ifPresent(
                it -> node.put("checked", it.subjects()).put("violations", it.violations()));
    }

    private static String state(long violations) {
        if (violations < 0) {
            return "not yet";
        }
        return violations == 0 ? "kept" : "violated";
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
