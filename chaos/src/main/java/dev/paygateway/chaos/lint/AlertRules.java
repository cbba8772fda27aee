package dev.paygateway.chaos.lint;

import dev.paygateway.chaos.lab.Shell;
import dev.paygateway.chaos.lint.Verdict.Notes;
import java.util.List;

/** Alerts that fire when they should, and stay quiet otherwise, over simulated hours. */
final class AlertRules implements Validator {
    private static final String RULES = Charts.CHART + "/files/rules.yaml";
    private static final String TESTS = "helm/alerting/rules_test.yaml";

    @Override
    public String name() {
        return "promtool";
    }

    @Override
    public Verdict judge(Tree tree, Toolbox tools) throws Missing {
        var promtool = tools.debian("promtool", "prometheus");
        var shell = Shell.in(tree.folder("helm"));
        var notes = new Notes();
        var rules = shell.run(promtool.program(), "check", "rules", tree.at(RULES));
        notes.add("check rules", rules);
        notes.add("test rules", shell.run(promtool.program(), "test", "rules", tree.at(TESTS)));
        var found = rules.lines().stream().filter(line -> line.contains("rules found"));
        return notes.verdict(promtool, found.map(String::strip).findFirst().orElse(RULES));
    }

    @Override
    public List<Mistake> mistakes() {
        return List.of(
                new Mistake(
                        "a query that does not parse",
                        RULES,
                        "histogram_quantile(0.99,",
                        "quantil(0.99,"),
                new Mistake(
                        "an alert that sleeps through twice what it should",
                        RULES,
                        "gateway:slow:ratio5m > 0.01",
                        "gateway:slow:ratio5m > 0.02"),
                new Mistake(
                        "an alert that a few failures at night wake",
                        RULES,
                        "[1h])) >= 10",
                        "[1h])) >= 1"));
    }
}
