package dev.paygateway.chaos.kube;

import dev.paygateway.chaos.lab.Await;
import dev.paygateway.chaos.lab.Folders;
import dev.paygateway.chaos.lab.LabFailure;
import dev.paygateway.chaos.lab.VaultClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The release of helm/database: a region's two nodes, and the arbitrator, which in production
 * stands elsewhere. One node begins; the second and the arbitrator join it after the first payment.
 */
final class DatabaseRelease {
    static final String ARBITRATOR = "arbitrator";

    /** Has the first node begin the cluster: as a person would, once. */
    private static final String BEGIN = "echo new >/var/lib/mysql/begin";

    private static final Duration BEGIN_LIMIT = Duration.ofMinutes(2);

    private final Ground ground;
    private final Kubectl kubectl;
    private final Helm helm;

    DatabaseRelease(Ground ground, Kubectl kubectl, Helm helm) {
        this.ground = ground;
        this.kubectl = kubectl;
        this.helm = helm;
    }

    /** Installs it, and has the first node begin. The second has no disk yet, so it waits. */
    void begin(VaultClient vault) {
        Outside.agent(kubectl, vault, Database.NAME, "database-vault-client");
        node(0);
        upgrade();
        if (!Await.holds(BEGIN_LIMIT, Duration.ofMillis(500), this::told)) {
            throw LabFailure.failed("nobody could tell " + Database.POD + " to begin");
        }
    }

    /** Done when the cluster knows; its nodes follow one after the other. */
    void upgrade(String... more) {
        var filled = ground.filled("database.yaml", Map.of());
        var values = Folders.write(ground.run().resolve("database.yaml"), filled);
        var chart = ground.root().resolve("helm/database").toString();
        var words = new ArrayList<>(List.of("upgrade", "--install", Database.NAME, chart));
        words.addAll(List.of("--values", values.toString()));
        words.addAll(List.of(more));
        helm.run(Database.NAME, words);
    }

    private boolean told() {
        return kubectl.ask("", Database.inside("certificate", "sh", "-c", BEGIN)).fine();
    }

    /** Done when both nodes are in step. */
    void complete(VaultClient vault) {
        node(1);
        var own = vault.issueMember(ARBITRATOR, "24h");
        kubectl.secret(
                Database.NAME,
                ARBITRATOR,
                Map.of("ca.pem", own.ca(), "server.pem", own.certificate() + own.key()));
        kubectl.apply(ground.filled("manifests/arbitrator.yaml", options()));
        kubectl.await(Database.NAME, Database.WORKLOAD);
        kubectl.await(Database.NAME, "deployment/" + ARBITRATOR);
    }

    /** What the members agree on, as the chart tells its nodes. */
    private Map<String, String> options() {
        var file = ground.root().resolve("helm/database/files/member.options");
        return Map.of("options", Folders.read(file).replace('\n', ';'));
    }

    private void node(int number) {
        var values =
                Map.of(
                        "number", Integer.toString(number),
                        "address", Ground.DATABASE_NODES.get(number));
        kubectl.apply(ground.filled("manifests/database-node.yaml", values));
    }
}
