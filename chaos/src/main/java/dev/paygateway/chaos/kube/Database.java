package dev.paygateway.chaos.kube;

import dev.paygateway.chaos.lab.Await;
import dev.paygateway.chaos.lab.DatabaseSetup;
import dev.paygateway.chaos.lab.LabFailure;
import dev.paygateway.chaos.lab.Shell.Outcome;
import dev.paygateway.chaos.lab.TcpPort;
import dev.paygateway.chaos.lab.VaultClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The cluster's MariaDB. */
final class Database {
    static final String NAME = "database";
    static final String WORKLOAD = "statefulset/database";
    static final String POD = "database-0";

    private static final int PORT = 3306;
    private static final Duration READY_LIMIT = Duration.ofMinutes(2);

    private final Ground ground;
    private final Kubectl kubectl;

    Database(Ground ground, Kubectl kubectl) {
        this.ground = ground;
        this.kubectl = kubectl;
    }

    /**
     * Starts it, and makes what exists before Vault and the migration can work. Both come by its
     * Service, which knows of a pod a moment after the pod itself answers.
     */
    void start(VaultClient vault, String auditorPassword) {
        var own = vault.issue(NAME, NAME, Map.of("ip_sans", Ground.DATABASE_ADDRESS));
        var both = own.certificate() + own.key();
        kubectl.secret(NAME, "database-tls", Map.of("ca.pem", own.ca(), "server.pem", both));
        var settings = DatabaseSetup.SETTINGS.indent(4);
        kubectl.apply(ground.filled("manifests/database.yaml", Map.of("settings", settings)));
        if (!Await.holds(READY_LIMIT, Duration.ofMillis(500), () -> ask("SELECT 1").fine())) {
            throw LabFailure.failed("the database does not answer: " + ask("SELECT 1").output());
        }
        rows(DatabaseSetup.TIDY + DatabaseSetup.schema(auditorPassword));
        if (!Await.holds(READY_LIMIT, new TcpPort(Ground.DATABASE_ADDRESS, PORT)::accepts)) {
            throw LabFailure.failed("nobody answers at the database's Service");
        }
    }

    void prepareVault(String admin, String password) {
        rows(DatabaseSetup.vault(admin, password));
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
                "-n",
                NAME,
                "exec",
                "-i",
                POD,
                "--",
                "/opt/mariadb/bin/mariadb",
                "--no-defaults",
                "--batch",
                "--user=mysql",
                "--socket=/tmp/mysql.sock");
    }
}
