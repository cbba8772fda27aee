package dev.paygateway.chaos.kube;

import dev.paygateway.chaos.lab.Folders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The release of helm/gateway, as an operator would install, upgrade and take it back. */
final class Chart {
    static final String NAME = "payment-gateway";
    static final String WORKLOAD = "deployment/" + NAME;

    private static final String FIRST_KEYS = "first-token-keys";

    /** Four instances, one after the other on two cores; counted anew for what goes before them. */
    private static final String STEP_LIMIT = "15m";

    private final Ground ground;
    private final Helm helm;

    Chart(Ground ground, Helm helm) {
        this.ground = ground;
        this.helm = helm;
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
        if (ground.isMeshed()) {
            command.addAll(List.of("--values", ground.own("mesh/values.yaml").toString()));
        }
        command.addAll(List.of(more));
        helm.run(NAME, command);
    }

    /** Has the tokens' keys shown at once, as the chart's job does every hour. */
    void showTokenKeys() {
        var kubectl = helm.kubectl();
        var job = "--from=cronjob/" + NAME + "-token-keys";
        kubectl.run("-n", NAME, "create", "job", FIRST_KEYS, job);
        kubectl.run(
                "-n",
                NAME,
                "wait",
                "--for=condition=complete",
                "job/" + FIRST_KEYS,
                "--timeout=120s");
    }

    void rollback(int revision) {
        var to = Integer.toString(revision);
        helm.run(NAME, List.of("rollback", NAME, to, "--wait", "--timeout", STEP_LIMIT));
    }
}
