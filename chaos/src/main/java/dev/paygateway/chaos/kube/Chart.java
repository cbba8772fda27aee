package dev.paygateway.chaos.kube;

import dev.paygateway.chaos.lab.Folders;
import dev.paygateway.chaos.lab.LabFailure;
import dev.paygateway.chaos.lab.Shell;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The release of helm/gateway, as an operator would install, upgrade and take it back. */
final class Chart {
    static final String NAME = "payment-gateway";
    static final String WORKLOAD = "deployment/" + NAME;

    /** Four instances, one after the other on two cores; counted anew for what goes before them. */
    private static final String STEP_LIMIT = "15m";

    private static final Duration LIMIT = Duration.ofMinutes(32);

    private final Ground ground;
    private final Path helm;
    private final Kubectl kubectl;

    Chart(Ground ground, Path helm, Kubectl kubectl) {
        this.ground = ground;
        this.helm = helm;
        this.kubectl = kubectl;
    }

    /** What the lane's cluster asks of the chart. */
    void values(String tag, String wrappedKey) {
        var filled = ground.filled("values.yaml", Map.of("tag", tag, "key", wrappedKey));
        Folders.write(file(), filled);
    }

    private Path file() {
        return ground.run().resolve("values.yaml");
    }

    /** Done when every instance is ready. */
    void upgrade(String... more) {
        var command = new ArrayList<>(List.of("upgrade", "--install", NAME));
        command.add(ground.root().resolve("helm/gateway").toString());
        command.addAll(List.of("--values", file().toString(), "--wait", "--timeout", STEP_LIMIT));
        command.addAll(List.of(more));
        run(command);
    }

    void rollback(int revision) {
        var to = Integer.toString(revision);
        run(List.of("rollback", NAME, to, "--wait", "--timeout", STEP_LIMIT));
    }

    private void run(List<String> words) {
        var command = new ArrayList<>(List.of(helm.toString()));
        command.addAll(List.of("--kubeconfig=" + kubectl.config(), "--namespace", NAME));
        command.addAll(words);
        var cache = Map.of("KUBECACHEDIR", kubectl.cache().toString());
        var outcome = new Shell(ground.root(), cache, LIMIT).run(command);
        if (!outcome.fine()) {
            throw LabFailure.failed("helm " + words.getFirst() + ": " + outcome.output().strip());
        }
    }
}
