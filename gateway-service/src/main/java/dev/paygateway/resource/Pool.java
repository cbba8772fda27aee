package dev.paygateway.resource;

import com.google.errorprone.annotations.MustBeClosed;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** The sessions of one credential, and the loan of that credential. */
final class Pool implements AutoCloseable {
    private static final Duration WAIT_MAX = Duration.ofMillis(250);

    /** A revoked user's open sessions live on: this is how long at most. */
    private static final Duration SESSION_LIFE_MAX = Duration.ofMinutes(10);

    private static final Duration IDLE_MAX = Duration.ofMinutes(2);

    /** To open the sessions that are kept idle: whoever comes first must not wait for a login. */
    private static final Duration FIRST_WAIT = Duration.ofSeconds(2);

    private static final Duration STEP = Duration.ofMillis(20);

    private final CredentialLease lease;
    private final HikariDataSource sessions;

    /**
     * Opens sessions with a credential that has been tried.
     *
     * @param name stands in metrics and thread names
     */
    Pool(
            CredentialLease lease,
            Logins logins,
            DatabaseSettings settings,
            String name,
            MeterRegistry meters) {
        this.lease = lease;
        var config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(logins.url());
        config.setDataSourceProperties(logins.poolOptions(lease.credential()));
        config.setAutoCommit(false);
        config.setMinimumIdle(settings.poolSizeMin());
        config.setMaximumPoolSize(settings.poolSizeMax());
        config.setConnectionTimeout(WAIT_MAX.toMillis());
        config.setValidationTimeout(WAIT_MAX.toMillis());
        config.setMaxLifetime(SESSION_LIFE_MAX.toMillis());
        config.setIdleTimeout(IDLE_MAX.toMillis());
        config.setKeepaliveTime(0);
        config.setLeakDetectionThreshold(settings.leakAfter().toMillis());
        config.setInitializationFailTimeout(FIRST_WAIT.toMillis());
        config.setMetricRegistry(meters);
        sessions = new HikariDataSource(config);
        await(FIRST_WAIT, () -> idle() >= settings.poolSizeMin());
    }

    private int idle() {
        return sessions.getHikariPoolMXBean().getIdleConnections();
    }

    @MustBeClosed
    Connection acquire() throws SQLException {
        return sessions.getConnection();
    }

    CredentialLease lease() {
        return lease;
    }

    boolean isClosed() {
        return sessions.isClosed();
    }

    /** Takes no part in new work: waits until what is in flight has given its sessions back. */
    void drain(Duration most) {
        await(most, () -> sessions.isClosed() || active() == 0);
    }

    private int active() {
        return sessions.getHikariPoolMXBean().getActiveConnections();
    }

    private static void await(Duration most, BooleanSupplier isReached) {
        var steps = most.dividedBy(STEP);
        for (var step = 0L; step < steps && !isReached.getAsBoolean(); step++) {
            Pause.of(STEP);
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
        }
    }

    /** Ends the sessions, then gives the credential back. */
    @Override
    public void close() {
        sessions.close();
        lease.close();
    }
}
