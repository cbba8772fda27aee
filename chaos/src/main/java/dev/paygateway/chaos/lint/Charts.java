package dev.paygateway.chaos.lint;

import dev.paygateway.chaos.lab.Commands;
import dev.paygateway.chaos.lab.Shell;
import dev.paygateway.chaos.lint.Verdict.Notes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Our chart as helm renders it: each case of ci/ and each region. */
final class Charts {
    static final String CHART = "helm/gateway";
    static final String KUBERNETES = "1.35.4";

    private static final String REQUIRED = "required-values.yaml";

    private Charts() {}

    static Tool helm(Toolbox tools) throws Missing {
        return tools.go("helm", "v3.21.4", "helm.sh/helm/v3/cmd/helm");
    }

    /** Files of values, each to be laid over those that a place must give. */
    static List<Path> cases(Tree tree) throws Missing {
        var cases = new ArrayList<>(tree.files(CHART + "/ci", "-values.yaml"));
        cases.add(tree.at(CHART + "/values-east.yaml"));
        cases.add(tree.at(CHART + "/values-north.yaml"));
        return cases;
    }

    static List<?> arguments(Tree tree, Path values) {
        var required = tree.at(CHART + "/ci").resolve(REQUIRED);
        return List.of("--values", required, "--values", values);
    }

    /** Every case as a file of objects. */
    static List<Path> rendered(Tree tree, Toolbox tools, Notes notes) throws Missing {
        var helm = helm(tools);
        var folder = tree.scratch("rendered");
        var files = new ArrayList<Path>();
        for (var values : cases(tree)) {
            var command = new ArrayList<Object>();
            command.addAll(List.of(helm.program(), "template", "payment-gateway", tree.at(CHART)));
            command.addAll(List.of("--namespace", "payment-gateway"));
            command.addAll(List.of("--kube-version", KUBERNETES));
            command.addAll(arguments(tree, values));
            var outcome = Shell.in(tree.root()).run(command);
            notes.add("helm template with " + values.getFileName(), outcome);
            if (outcome.fine()) {
                files.add(write(folder.resolve(values.getFileName()), outcome.printed()));
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
