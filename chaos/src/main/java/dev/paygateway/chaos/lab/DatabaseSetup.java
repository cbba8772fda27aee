package dev.paygateway.chaos.lab;

/** What a database of the gateway's is told before anybody uses it, wherever it runs. */
public final class DatabaseSetup {
    public static final String AUDITOR = "auditor";

    /** One node's part of database-rules.md, "Settings". */
    public static final String SETTINGS =
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

    /** Leaves the superuser to the socket alone, and nothing to anybody else. */
    public static final String TIDY =
            """
            DROP DATABASE IF EXISTS test;
            DELETE FROM mysql.db;
            DELETE FROM mysql.global_priv WHERE User = '';
            FLUSH PRIVILEGES;
            ALTER USER root@localhost IDENTIFIED VIA unix_socket;
            """;

    private DatabaseSetup() {}

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
