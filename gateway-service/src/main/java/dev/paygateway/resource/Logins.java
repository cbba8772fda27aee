package dev.paygateway.resource;

import com.google.errorprone.annotations.MustBeClosed;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Supplier;
import org.mariadb.jdbc.Driver;
import org.springframework.boot.ssl.SslManagerBundle;

/** Opens sessions of the database over mutual TLS. */
final class Logins implements AutoCloseable {
    private static final Duration CONNECT_WAIT = Duration.ofMillis(500);

    /** A region's loss stalls commits for 6 s; a shorter wait would make each an unknown one. */
    private static final Duration COMMIT_WAIT = Duration.ofSeconds(8);

    /** Logins and the questions of a look at the database never wait for a commit. */
    private static final Duration LOOK_WAIT = Duration.ofSeconds(2);

    private static final Duration STATEMENT_TIME = Duration.ofSeconds(2);

    private final Driver driver = new Driver();
    private final String bundleName = UUID.randomUUID().toString();
    private final Properties tls = new Properties();
    private final DatabaseSettings settings;

    Logins(DatabaseSettings settings, Supplier<SslManagerBundle> clientBundle) {
        this.settings = settings;
        tls.putAll(DatabaseTls.options(bundleName, clientBundle));
    }

    String url() {
        return settings.url();
    }

    /** How the sessions of the pool are set up. */
    Properties poolOptions(Credential credential) {
        var options = basics(credential);
        options.setProperty("socketTimeout", millis(COMMIT_WAIT));
        options.setProperty("sessionVariables", "max_statement_time=" + STATEMENT_TIME.toSeconds());
        options.setProperty("transactionIsolation", "READ-COMMITTED");
        options.setProperty("autocommit", "false");
        options.setProperty("useServerPrepStmts", "true");
        return options;
    }

    /** How long statements of a migration take is nobody's guess: only connecting is bounded. */
    Properties migrationOptions(Credential credential) {
        return basics(credential);
    }

    /** A session outside the pool, for one quick question. */
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // handed to the caller, who is told the same
    Connection look(Credential credential) throws SQLException {
        var options = basics(credential);
        options.setProperty("socketTimeout", millis(LOOK_WAIT));
        return driver.connect(settings.url(), options);
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
