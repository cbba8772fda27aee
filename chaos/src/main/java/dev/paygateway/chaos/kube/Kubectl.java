package dev.paygateway.chaos.kube;

import dev.paygateway.chaos.lab.Commands;
import dev.paygateway.chaos.lab.LabFailure;
import dev.paygateway.chaos.lab.Shell.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Speaks to the cluster by Kubernetes' own command line.
 *
 * @param program {@code kubectl}
 * @param config whom it speaks to, and as whom
 * @param cache where it keeps what it has learnt of the server; by itself it would do so at home
 */
record Kubectl(Path program, Path config, Path cache) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LIMIT = Duration.ofMinutes(6);

    /** What it printed, without its warnings; a refusal is a failure. */
    String run(String... words) {
        return feed("", words);
    }

    /** The same with something on its standard input. */
    String feed(String input, String... words) {
        var outcome = ask(input, words);
        if (!outcome.fine()) {
            var asked = String.join(" ", words);
            throw LabFailure.failed("kubectl " + asked + ": " + outcome.output().strip());
        }
        return outcome.printed();
    }

    /** The same, where a refusal is an answer. */
    Outcome ask(String input, String... words) {
        var command = new ArrayList<String>();
        command.addAll(List.of(program.toString(), "--kubeconfig=" + config));
        command.add("--cache-dir=" + cache);
        command.addAll(List.of(words));
        return Commands.feed(LIMIT, input, command.toArray(String[]::new));
    }

    void apply(String documents) {
        feed(documents, "apply", "-f", "-");
    }

    /** Makes or replaces a secret; its values stand in no command line. */
    void secret(String namespace, String name, Map<String, String> values) {
        var secret =
                Map.of(
                        "apiVersion",
                        "v1",
                        "kind",
                        "Secret",
                        "metadata",
                        Map.of("namespace", namespace, "name", name),
                        "stringData",
                        values);
        apply(JSON.writeValueAsString(secret));
    }

    /** Waits until everything that a workload asks for is ready. */
    void await(String namespace, String workload) {
        run("-n", namespace, "rollout", "status", workload, "--timeout=300s");
    }
}
