package dev.paygateway.chaos.kube;

import dev.paygateway.chaos.lab.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Chaos Mesh in the cluster, kept to what chaos/guard allows. */
final class ChaosMesh {
    static final String NAMESPACE = "chaos-mesh";

    /** Where workflows ask for the verdict: the StatusChecks of chaos/monthly name it too. */
    static final int AUDIT_PORT = 8490;

    private static final String CONTROLLER = "deployment/chaos-controller-manager";

    private final Ground ground;
    private final Kubectl kubectl;
    private final Path parts;
    private final Helm helm;

    ChaosMesh(Ground ground, Workshop workshop, Kubectl kubectl) {
        this.ground = ground;
        this.kubectl = kubectl;
        parts = workshop.chaosMesh();
        helm = new Helm(workshop.helm(), kubectl, ground.root());
    }

    /** Whether the cluster that is up was given it. */
    static boolean isIn(Ground ground) {
        return Files.exists(values(ground));
    }

    private static Path values(Ground ground) {
        return ground.run().resolve("chaos-mesh.yaml");
    }

    void install() {
        kubectl.apply(filled("manifests/chaos.yaml", Map.of()));
        var kinds = parts.resolve(ChaosMeshBuild.KINDS).toString();
        kubectl.run("apply", "--server-side", "--force-conflicts", "-f", kinds);
        Folders.write(values(ground), ground.filled("chaos-mesh.yaml", Map.of()));
        release();
        kubectl.run("apply", "-f", ground.root().resolve("chaos/guard/night.yaml").toString());
    }

    /** Lets the controller's clock, by which Schedules go, be of another zone. */
    void moveTo(String zone) {
        release("--set", "timezone=" + zone);
    }

    /** A release is another each time, since the chart makes new certificates. */
    private void release(String... more) {
        var command = new ArrayList<>(List.of("upgrade", "--install", "chaos-mesh"));
        command.add(parts.resolve(ChaosMeshBuild.CHART).toString());
        command.addAll(List.of("--values", "helm/region/chaos-mesh.yaml"));
        command.addAll(List.of("--values", values(ground).toString()));
        command.addAll(List.of("--wait", "--timeout", "5m"));
        command.addAll(List.of(more));
        helm.run(NAMESPACE, command);
        kubectl.await(NAMESPACE, CONTROLLER);
        kubectl.await(NAMESPACE, "daemonset/chaos-daemon");
    }

    /** A file of the lane's own, with the audit's address in it. */
    String filled(String name, Map<String, String> more) {
        var values = new HashMap<>(more);
        values.put("host", Ground.HOST_ADDRESS);
        values.put("auditport", Integer.toString(AUDIT_PORT));
        return ground.filled(name, values);
    }
}
