package dev.paygateway.chaos.kube;

import dev.paygateway.chaos.lab.LabFailure;
import dev.paygateway.chaos.lab.Shell;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Speaks to the cluster by helm.
 *
 * @param root where it runs
 */
record Helm(Path program, Kubectl kubectl, Path root) {
    private static final Duration LIMIT = Duration.ofMinutes(32);

    /** A refusal is a failure. */
    void run(String namespace, List<String> words) {
        var command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of("--kubeconfig=" + kubectl.config(), "--namespace", namespace));
        command.addAll(words);
        var cache = Map.of("KUBECACHEDIR", kubectl.cache().toString());
        var outcome = new Shell(root, cache, LIMIT).run(command);
        if (!outcome.fine()) {
            throw LabFailure.failed("helm " + words.getFirst() + ": " + outcome.output().strip());
        }
    }
}
