package dev.paygateway.chaos.lint;

import dev.paygateway.chaos.lab.Shell;
import dev.paygateway.chaos.lint.Verdict.Notes;
import java.util.List;

/** Where alerts go: pages to the pager, tickets to the queue. */
final class AlertRoutes implements Validator {
    private static final String ROUTES = "helm/alerting/alertmanager.yaml";

    @Override
    public String name() {
        return "amtool";
    }

    @Override
    public Verdict judge(Tree tree, Toolbox tools) throws Missing {
        var amtool = tools.debian("amtool", "prometheus-alertmanager");
        var shell = Shell.in(tree.folder("helm"));
        var notes = new Notes();
        notes.add("check-config", shell.run(amtool.program(), "check-config", tree.at(ROUTES)));
        for (var expected : List.of("page=pagerduty", "ticket=tickets", "none=tickets")) {
            var pair = expected.split("=", -1);
            var outcome =
                    shell.run(
                            amtool.program(),
                            "config",
                            "routes",
                            "test",
                            "--config.file=" + tree.at(ROUTES),
                            "--verify.receivers=" + pair[1],
                            "severity=" + pair[0],
                            "region=east",
                            "alertname=GatewayLatencyP99");
            notes.add("severity " + pair[0], outcome);
        }
        return notes.verdict(amtool, ROUTES + ", 3 routes");
    }

    @Override
    public List<Mistake> mistakes() {
        return List.of(
                new Mistake(
                        "pages that go to the queue",
                        ROUTES,
                        "severity=\"page\"",
                        "severity=\"p\""),
                new Mistake(
                        "a field that it does not know", ROUTES, "routing_key_file", "key_file"));
    }
}
