package dev.paygateway.chaos.lab;

import java.nio.file.Path;

/** What a database of the gateway's is told before anybody uses it, wherever it runs. */
public final class DatabaseSetup {
    public static final String AUDITOR = "auditor";

    /** What production has more of. */
    private static final String SIZES =
            """
            innodb-buffer-pool-size = 128M
            max-connections = 300
            """;

    /** Leaves the superuser to the socket alone, and nothing to anybody else. */
    static final String TIDY =
            """
            DROP DATABASE IF EXISTS test;
            DELETE FROM mysql.db;
            DELETE FROM mysql.global_priv WHERE User = '';
            FLUSH PRIVILEGES;
            ALTER USER root@localhost IDENTIFIED VIA unix_socket;
            """;

    private DatabaseSetup() {}

    /** One node's part of database-rules.md, "Settings": the chart's, in sizes of a lab's. */
    static String settings(Path root) {
        return Folders.read(chart(root).resolve("server.cnf")) + SIZES;
    }

    /** The files that helm/database gives its nodes. */
    static Path chart(Path root) {
        return root.resolve("helm/database/files");
    }

    /**
     * What exists before Vault and Flyway can work: the schema, the roles of service and sweeper,
     * and the auditor.
     */
    public static String schema(String auditorPassword) {
        return """
        CREATE DATABASE gateway CHARACTER SET utf8mb4;
        CREATE ROLE gateway_app;
        CREATE ROLE gateway_sweeper;
        GRANT CREATE USER, CONNECTION ADMIN ON *.* TO gateway_sweeper;
        GRANT SELECT (User, Host) ON mysql.user TO gateway_sweeper;
        CREATE USER '%1$s'@'%%' IDENTIFIED BY PASSWORD '%2$s'
          REQUIRE SSL;
        GRANT SELECT ON gateway.* TO '%1$s'@'%%';
        GRANT SELECT (User, Host) ON mysql.user TO '%1$s'@'%%';
        GRANT PROCESS ON *.* TO '%1$s'@'%%';
        """
                .formatted(AUDITOR, Passwords.hashed(auditorPassword));
    }

    /**
     * Vault's own user. It needs UPDATE on {@code mysql}, because MariaDB asks it of whoever sets
     * another user's default role. That is no more than CREATE USER already gives it.
     */
    public static String vault(String admin, String adminPassword) {
        return """
        CREATE USER '%1$s'@'%%' IDENTIFIED BY PASSWORD '%2$s'
          REQUIRE SUBJECT '/CN=vault';
        GRANT CREATE USER ON *.* TO '%1$s'@'%%';
        GRANT UPDATE ON mysql.* TO '%1$s'@'%%';
        GRANT ALL ON gateway.* TO '%1$s'@'%%' WITH GRANT OPTION;
        GRANT gateway_app TO '%1$s'@'%%' WITH ADMIN OPTION;
        GRANT gateway_sweeper TO '%1$s'@'%%' WITH ADMIN OPTION;
        """
                .formatted(admin, Passwords.hashed(adminPassword));
    }
}
