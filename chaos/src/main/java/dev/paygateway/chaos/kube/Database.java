package dev.paygateway.chaos.kube;

import dev.paygateway.chaos.lab.Await;
import dev.paygateway.chaos.lab.DatabaseSetup;
import dev.paygateway.chaos.lab.LabFailure;
import dev.paygateway.chaos.lab.Shell.Outcome;
import dev.paygateway.chaos.lab.TcpPort;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What the cluster's database is asked, at its first node. */
final class Database {
    static final String NAME = "database";
    static final String WORKLOAD = "statefulset/galera";
    static final String POD = "galera-0";

    private static final int PORT = 3306;
    private static final Duration READY_LIMIT = Duration.ofMinutes(2);

    private final Kubectl kubectl;

    Database(Kubectl kubectl) {
        this.kubectl = kubectl;
    }

    /**
     * Makes what exists before Vault and the migration can work, as soon as the first node serves.
     * Both come by its Service, which knows of a pod a moment after the pod itself answers.
     */
    void prepare(String auditorPassword) {
        if (!Await.holds(READY_LIMIT, Duration.ofMillis(500), () -> ask("SELECT 1").fine())) {
            throw LabFailure.failed("the database does not answer: " + ask("SELECT 1").output());
        }
        rows(DatabaseSetup.schema(auditorPassword));
        if (!Await.holds(READY_LIMIT, new TcpPort(Ground.DATABASE_ADDRESS, PORT)::accepts)) {
            throw LabFailure.failed("nobody answers at the database's Service");
        }
    }

    void prepareVault(String admin, String password) {
        rows(DatabaseSetup.vault(admin, password));
    }

    /** What its first node says of itself. */
    String status(String variable) {
        return shown("STATUS", variable);
    }

    /** How it is set. */
    String variable(String name) {
        return shown("VARIABLES", name);
    }

    private String shown(String what, String name) {
        var row = rows("SHOW %s LIKE '%s'".formatted(what, name)).getFirst();
        return row.split("\t", -1)[1];
    }

    /** The pods of all that vote. */
    List<String> members() {
        var named = List.of("-n", NAME, "get", "pods", "-o", "jsonpath={.items[*].metadata.name}");
        return List.of(kubectl.run(named.toArray(String[]::new)).strip().split(" "));
    }

    /** The nodes that serve. */
    List<String> ready() {
        var nodes = "app.kubernetes.io/component=database";
        var pods = kubectl.run("-n", NAME, "get", "pods", "-l", nodes, "-o", "json");
        return Pod.of(pods).stream().filter(Pod::isReady).map(Pod::name).toList();
    }

    /** Vault's, for the service's instances. */
    List<String> users() {
        var outcome = ask("SELECT User FROM mysql.user WHERE User LIKE 'v-east-app-%'");
        return outcome.fine() ? outcome.printed().lines().skip(1).toList() : List.of();
    }

    /** What statements of the superuser answer, without the names of its columns. */
    List<String> rows(String statements) {
        var outcome = ask(statements);
        if (!outcome.fine()) {
            throw LabFailure.failed("the database refused: " + outcome.output());
        }
        return outcome.printed().lines().skip(1).toList();
    }

    private Outcome ask(String statements) {
        return kubectl.ask(
                statements,
                inside(NAME, "mariadb", "--defaults-file=/etc/galera/my.cnf", "--batch"));
    }

    /** The words that run a program in a container of the first node, with our input. */
    static String[] inside(String container, String... words) {
        return at(POD, container, words);
    }

    /** The same in a node's pod. */
    static String[] at(String pod, String container, String... words) {
        var command = List.of("-n", NAME, "exec", "-i", pod, "-c", container, "--");
        return Stream.concat(command.stream(), Stream.of(words)).toArray(String[]::new);
    }
}
