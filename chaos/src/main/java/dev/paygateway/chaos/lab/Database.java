package dev.paygateway.chaos.lab;

import dev.paygateway.chaos.lab.Shell.Outcome;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The region's database, alone or as a node of the cluster over two regions. We run its server
 * ourselves, so that it outlives the command that started it.
 */
final class Database {
    static final String NAME = "database";

    private static final Duration SQL_LIMIT = Duration.ofSeconds(20);

    private final Site site;
    private final MariaDb programs;
    private final Optional<Galera> galera;

    Database(Site site) {
        this.site = site;
        programs = MariaDb.of(site);
        galera = site.wan().map(wan -> new Galera(site, wan));
    }

    void install() {
        programs.install();
    }

    /** Vault's own user of a region: a rotated password locks no other region's Vault out. */
    static String admin(Site site) {
        return "vault_" + site.region();
    }

    /** A fresh copy of the empty data folder, and the server that serves it. */
    Part part() {
        var folder = Folders.make(site.folder(NAME));
        Folders.copy(programs.emptyData(), folder.resolve("data"));
        Folders.make(folder.resolve("tmp"));
        var config = Folders.write(folder.resolve("my.cnf"), config(folder));
        var command =
                galera.map(node -> node.start(config))
                        .orElseGet(() ->
                                List.of(programs.server().toString(), "--defaults-file=" + config));
        return site.part(NAME, Role.DATABASE, site.ports().database(), command)
                .readyWhen(URI.create("unix:" + socket()), List.of());
    }

    private String config(Path folder) {
        var where =
                """
                [mariadbd]
                datadir = %1$s/data
                tmpdir = %1$s/tmp
                socket = %2$s
                pid-file = %1$s/mariadbd.pid
                bind-address = %3$s
                port = %4$d
                ssl-ca = %5$s
                ssl-cert = %6$s
                ssl-key = %6$s
                """
                        .formatted(
                                folder,
                                socket(),
                                site.ports().address(),
                                site.ports().database(),
                                site.ca(),
                                DatabaseAgent.identity(site));
        return where
                + programs.config()
                + DatabaseSetup.settings(site.options().root())
                + (MariaDb.ROOT ? "user = root\n" : "")
                + galera.map(Galera::config).orElse("");
    }

    /** In memory: short enough for a socket's name, and nobody else's to enter. */
    Path socket() {
        return site.memory().resolve(site.name(NAME) + ".sock");
    }

    /** Whether it takes writes: it answers, and as a node has caught up with the others. */
    boolean serves() {
        return galera.isEmpty()
                ? sql("SELECT 1").fine()
                : status("wsrep_ready").equals("ON")
                        && status("wsrep_local_state_comment").equals("Synced");
    }

    /** What the server says of itself; empty when it does not answer. */
    String status(String variable) {
        var outcome =
                sql(
                        "SELECT variable_value FROM information_schema.global_status"
                                + " WHERE variable_name = '"
                                + variable
                                + "'");
        return outcome.fine() ? outcome.printed().strip() : "";
    }

    /**
     * Makes what exists before Vault and Flyway can work: the schema, the roles of service and
     * sweeper, and the auditor. A cluster has it everywhere when one node has it.
     */
    void prepare(String auditorPassword) {
        var tidy = galera.isPresent() ? "" : DatabaseSetup.TIDY;
        require(sql(tidy + DatabaseSetup.schema(auditorPassword)));
    }

    void prepareVault(String adminPassword) {
        require(sql(DatabaseSetup.vault(admin(site), adminPassword)));
    }

    private static void require(Outcome outcome) {
        if (!outcome.fine()) {
            throw LabFailure.failed("the database refused its set-up: " + outcome.output());
        }
    }

    /** Runs statements as the superuser, through the socket. */
    Outcome sql(String statements) {
        return Commands.feed(
                SQL_LIMIT,
                statements,
                programs.client().toString(),
                "--no-defaults",
                "--batch",
                "--skip-column-names",
                "--user=root",
                "--socket=" + socket());
    }

    /**
     * The command that makes new connections meet the certificate that stands in the file now:
     * members' first, since a node that is cut off takes no FLUSH.
     */
    String takesUpCertificate() {
        var reload = galera.isPresent() ? Galera.RELOAD.replace("'", "\\\"") + ";" : "";
        return "%s --no-defaults --user=root --socket=%s --execute='%sFLUSH LOCAL SSL'"
                .formatted(programs.client(), socket(), reload);
    }
}
