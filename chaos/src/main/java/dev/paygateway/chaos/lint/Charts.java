package dev.paygateway.chaos.lint;

import dev.paygateway.chaos.lab.Commands;
import dev.paygateway.chaos.lab.Shell;
import dev.paygateway.chaos.lint.Verdict.Notes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Our charts as helm renders them: each case of ci/ and each region. */
final class Charts {
    static final String CHART = "helm/gateway";
    static final String KUBERNETES = "1.35.4";

    /** With the name that their releases and namespaces have. */
    static final Map<String, String> RELEASES =
            new TreeMap<>(Map.of(CHART, "payment-gateway", "helm/database", "database"));

    private static final String REQUIRED = "required-values.yaml";

    private Charts() {}

    static Tool helm(Toolbox tools) throws Missing {
        return tools.go("helm", "v3.21.4", "helm.sh/helm/v3/cmd/helm");
    }

    /**
     * A file of values, to be laid over those that a place must give.
     *
     * @param chart its folder in the checkout
     */
    record Case(String chart, Path values) {
        String name() {
            return Charts.release(chart) + "-" + values.getFileName();
        }

        List<?> arguments(Tree tree) {
            var required = tree.at(chart + "/ci").resolve(REQUIRED);
            return List.of("--values", required, "--values", values);
        }
    }

    private static String release(String chart) {
        return Objects.requireNonNull(RELEASES.get(chart));
    }

    static List<Case> cases(Tree tree) throws Missing {
        var cases = new ArrayList<Case>();
        for (var chart : RELEASES.keySet()) {
            for (var values : tree.files(chart + "/ci", "-values.yaml")) {
                cases.add(new Case(chart, values));
            }
            cases.add(new Case(chart, tree.at(chart + "/values-east.yaml")));
            cases.add(new Case(chart, tree.at(chart + "/values-north.yaml")));
        }
        return cases;
    }

    /** Every case as a file of objects. */
    static List<Path> rendered(Tree tree, Toolbox tools, Notes notes) throws Missing {
        var helm = helm(tools);
        var folder = tree.scratch("rendered");
        var files = new ArrayList<Path>();
        for (var each : cases(tree)) {
            var release = release(each.chart());
            var command = new ArrayList<Object>();
            command.addAll(List.of(helm.program(), "template", release, tree.at(each.chart())));
            command.addAll(List.of("--namespace", release, "--kube-version", KUBERNETES));
            command.addAll(each.arguments(tree));
            var outcome = Shell.in(tree.root()).run(command);
            notes.add("helm template with " + each.name(), outcome);
            if (outcome.fine()) {
                files.add(write(folder.resolve(each.name()), outcome.printed()));
            }
        }
        return files;
    }

    private static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException refused) {
            throw Commands.disk("cannot write " + file, refused);
        }
    }
}
