package dev.paygateway.resource;

import com.google.errorprone.annotations.MustBeClosed;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Supplier;
import org.mariadb.jdbc.Driver;
import org.springframework.boot.ssl.SslBundle;

/**
 * Opens sessions of the database over mutual TLS, on the nearest server that takes writes. The
 * driver's own choice between servers is not used: it takes a server that is not ready, and in its
 * other modes it connects anew behind our back, which would make a doubtful commit look certain.
 */
final class Logins implements AutoCloseable {
    private static final Duration CONNECT_WAIT = Duration.ofMillis(500);

    /** No further server is tried after this: whoever waits for the session has given up. */
    private static final Duration OPEN_WAIT = Duration.ofMillis(1500);

    /** A region's loss stalls commits for 6 s; a shorter wait would make each an unknown one. */
    private static final Duration COMMIT_WAIT = Duration.ofSeconds(8);

    /** Logins and the questions of a look at the database never wait for a commit. */
    private static final Duration LOOK_WAIT = Duration.ofSeconds(2);

    private static final Duration STATEMENT_TIME = Duration.ofSeconds(2);

    /**
     * A transaction whose owner has fallen silent, cut off or frozen, is rolled back by the server
     * after this, and its row locks are free: nothing of ours pauses for so long inside one.
     */
    static final Duration SILENT_TRANSACTION = Duration.ofSeconds(5);

    /**
     * So long the server keeps a session that it hears nothing of; longer than a session's life.
     */
    static final Duration SILENT_SESSION = Duration.ofMinutes(11);

    /**
     * Answered by a server without a majority too: these tables are its own. 2: it has none, or is
     * not ready; 1: it takes no writes. A server without Galera has none of the names.
     */
    private static final String WHAT_IT_TAKES =
            """
            SELECT IF(EXISTS (
                    SELECT 1 FROM information_schema.GLOBAL_VARIABLES v
                        JOIN information_schema.GLOBAL_STATUS s
                    WHERE v.VARIABLE_NAME = 'WSREP_ON' AND v.VARIABLE_VALUE = 'ON'
                        AND ((s.VARIABLE_NAME = 'WSREP_READY' AND s.VARIABLE_VALUE <> 'ON')
                            OR (s.VARIABLE_NAME = 'WSREP_CLUSTER_STATUS'
                                AND s.VARIABLE_VALUE <> 'Primary'))),
                2, @@global.read_only)
            """;

    /** What a server says to whatever it does not do while it has no majority. */
    private static final int NOT_READY = 1047;

    private final Driver driver = new Driver();
    private final String bundleName = UUID.randomUUID().toString();
    private final Properties tls = new Properties();
    private final DatabaseSettings settings;
    private final Hosts hosts;

    Logins(DatabaseSettings settings, Supplier<SslBundle> clientBundle) {
        this.settings = settings;
        hosts = new Hosts(settings.hosts());
        tls.putAll(DatabaseTls.options(bundleName, clientBundle));
    }

    /**
     * A session of the pool.
     *
     * @param onFar is run if it is with another server than the nearest
     */
    @MustBeClosed
    Connection forPool(Credential credential, Runnable onFar) throws SQLException {
        return open(poolOptions(credential), onFar);
    }

    /** How long statements of a migration take is nobody's guess: only connecting is bounded. */
    @MustBeClosed
    Connection forMigration(Credential credential) throws SQLException {
        return open(basics(credential), () -> {});
    }

    /** A session outside the pool, for one quick question. */
    @MustBeClosed
    Connection look(Credential credential) throws SQLException {
        return open(lookOptions(credential), () -> {});
    }

    /** A session with one server, be it ready or not. */
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // handed to the caller, who is told the same
    Connection administer(String host, Credential credential) throws SQLException {
        return driver.connect(settings.url(host), lookOptions(credential));
    }

    /** What a server takes. */
    enum Takes {
        WRITES,
        READS,
        /** Cut off from the majority, or not ready yet: what it shows may be out of date. */
        NOTHING
    }

    /** Whether the server itself said that it takes nothing now. */
    static boolean isCutOff(SQLException failure) {
        return failure.getErrorCode() == NOT_READY;
    }

    /** Whether the nearest server takes a login and writes. */
    boolean isNearestReady(Credential credential) {
        var nearest = hosts.nearest();
        try (var session = driver.connect(settings.url(nearest), lookOptions(credential))) {
            if (takes(session) == Takes.WRITES) {
                hosts.works(nearest);
                return true;
            }
        } catch (SQLException _) {
            // not ready, whatever the reason
        }
        hosts.failed(nearest);
        return false;
    }

    /**
     * The first server that takes writes; where there is none, one that can be read. One without a
     * majority is no server: that it was met is told rather than that others were not.
     */
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // handed to the caller, who is told the same
    private Connection open(Properties options, Runnable onFar) throws SQLException {
        var began = System.nanoTime();
        Optional<String> readable = Optional.empty();
        SQLException failed = null;
        for (var host : hosts.inOrder()) {
            if (System.nanoTime() - began > OPEN_WAIT.toNanos()) {
                break;
            }
            try {
                var session = connect(host, options);
                if (session.isPresent()) {
                    if (!host.equals(hosts.nearest())) {
                        onFar.run();
                    }
                    return session.get();
                }
                readable = readable.or(() -> Optional.of(host));
            } catch (SQLException failure) {
                if (!Hosts.isOfOneServer(failure)) {
                    throw failure;
                }
                failed = failed != null && isCutOff(failed) ? failed : failure;
            }
            hosts.failed(host);
        }
        if (readable.isPresent()) {
            onFar.run();
            return driver.connect(settings.url(readable.get()), options);
        }
        throw failed == null ? new SQLTransientConnectionException("no server in time") : failed;
    }

    /** A session with a server that takes writes; empty if this one can only be read. */
    private Optional<Connection> connect(String host, Properties options) throws SQLException {
        var session = driver.connect(settings.url(host), options);
        var isTaken = false;
        try {
            var takes = takes(session);
            if (takes == Takes.NOTHING) {
                throw new SQLNonTransientConnectionException(
                        "the server is cut off from the majority", "08S01", NOT_READY);
            }
            isTaken = takes == Takes.WRITES;
            if (isTaken) {
                hosts.works(host);
            }
            return isTaken ? Optional.of(session) : Optional.empty();
        } finally {
            if (!isTaken) {
                session.close();
            }
        }
    }

    /** What the server takes now; asked without a wait for the cluster. */
    static Takes takes(Connection session) throws SQLException {
        try (var statement = session.createStatement();
                var row = statement.executeQuery(WHAT_IT_TAKES)) {
            return switch (row.next() ? row.getInt(1) : 2) {
                case 0 -> Takes.WRITES;
                case 1 -> Takes.READS;
                default -> Takes.NOTHING;
            };
        } finally {
            if (!session.getAutoCommit()) {
                session.rollback(); // it must not begin its life inside a transaction
            }
        }
    }

    /** How the sessions of the pool are set up. */
    private Properties poolOptions(Credential credential) {
        var options = basics(credential);
        options.setProperty("socketTimeout", millis(COMMIT_WAIT));
        options.setProperty(
                "sessionVariables",
                "max_statement_time=%d,idle_write_transaction_timeout=%d,wait_timeout=%d"
                        .formatted(
                                STATEMENT_TIME.toSeconds(),
                                SILENT_TRANSACTION.toSeconds(),
                                SILENT_SESSION.toSeconds()));
        options.setProperty("transactionIsolation", "READ-COMMITTED");
        options.setProperty("autocommit", "false");
        options.setProperty("useServerPrepStmts", "true");
        return options;
    }

    private Properties lookOptions(Credential credential) {
        var options = basics(credential);
        options.setProperty("socketTimeout", millis(LOOK_WAIT));
        return options;
    }

    private Properties basics(Credential credential) {
        var options = new Properties();
        options.putAll(tls);
        options.setProperty("user", credential.user());
        options.setProperty("password", credential.password());
        options.setProperty("connectTimeout", millis(CONNECT_WAIT));
        options.setProperty("connectionTimeZone", "UTC");
        options.setProperty("forceConnectionTimeZoneToSession", "true");
        return options;
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }

    @Override
    public void close() {
        DatabaseTls.forget(bundleName);
    }
}
