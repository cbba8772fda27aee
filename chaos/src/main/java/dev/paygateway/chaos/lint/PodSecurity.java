package dev.paygateway.chaos.lint;

import dev.paygateway.chaos.lab.Shell;
import dev.paygateway.chaos.lint.Verdict.Notes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a pod must not be able to do: Checkov's rules for Kubernetes, but those named here. */
final class PodSecurity implements Validator {
    /** Each with the reason why it does not hold here. */
    private static final List<String> LEFT_OUT =
            List.of(
                    "CKV_K8S_11", // no CPU limit: throttling is latency, and latency pages
                    "CKV_K8S_15", // pull policy: images are named by digest, so nothing changes
                    "CKV_K8S_43", // digest: a value of the place (NOTES.txt reminds of it)
                    "CKV_K8S_21", // namespace: the release's, unknown to a rendered file
                    "CKV_K8S_8", // liveness: the test pod ends by itself
                    "CKV_K8S_9"); // readiness: the test pod serves nobody

    @Override
    public String name() {
        return "checkov";
    }

    @Override
    public Verdict judge(Tree tree, Toolbox tools) throws Missing {
        var checkov = tools.python("checkov", "checkov", "3.3.30");
        var notes = new Notes();
        var command = new ArrayList<Object>();
        command.addAll(List.of(checkov.program(), "--framework", "kubernetes", "--skip-download"));
        command.addAll(List.of("--compact", "--quiet"));
        command.addAll(List.of("--skip-check", String.join(",", LEFT_OUT)));
        var files = Charts.rendered(tree, tools, notes);
        files.stream()
                .filter(Files::isRegularFile)
                .map(Path::toString)
                .forEach(file -> {
                    command.add("--file");
                    command.add(file);
                });
        notes.add("checkov", Shell.in(tree.scratch("checkov")).run(command));
        return notes.verdict(
                checkov, "%d rendered cases; not: %s".formatted(files.size(), LEFT_OUT));
    }

    @Override
    public List<Mistake> mistakes() {
        return List.of(
                new Mistake(
                        "a root file system that can be written to",
                        Charts.CHART + "/templates/_security.tpl",
                        "readOnlyRootFilesystem: true",
                        "readOnlyRootFilesystem: false"),
                new Mistake(
                        "a container that keeps its capabilities",
                        Charts.CHART + "/templates/_security.tpl",
                        "capabilities: {drop: [ALL]}",
                        "capabilities: {}"));
    }
}
