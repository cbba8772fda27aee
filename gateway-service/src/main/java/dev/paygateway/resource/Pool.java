package dev.paygateway.resource;

import com.google.errorprone.annotations.MustBeClosed;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.paygateway.resource.Pools.Parts;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The sessions of one credential, and the loan of that credential. */
final class Pool implements AutoCloseable {
    static final Duration WAIT_MAX = Duration.ofMillis(250);

    /** A revoked user's open sessions live on: this is how long at most. */
    private static final Duration SESSION_LIFE_MAX = Duration.ofMinutes(10);

    private static final Duration IDLE_MAX = Duration.ofMinutes(2);

    /** To open sessions in advance: whoever comes first must not wait for a login. */
    private static final Duration FIRST_WAIT = Duration.ofSeconds(2);

    /** Between them a credential is exchanged; instances that started together must not meet. */
    private static final double ROTATION_EARLIEST = 0.6;

    private static final double ROTATION_LATEST = 0.7;

    private final CredentialLease lease;
    private final Instant rotateFrom;
    private final Logins logins;
    private final HikariDataSource sessions;
    private final Consumer<SQLException> onFailedLogin;
    private final AtomicInteger acquiring = new AtomicInteger();
    private volatile boolean isRetired;
    private volatile boolean isAway;

    /**
     * Opens sessions with a credential that has been tried.
     *
     * @param name stands in metrics and thread names
     * @param onFailedLogin is told at once, on the thread that tried; must not block
     */
    @MustBeClosed
    Pool(CredentialLease lease, Parts parts, String name, Consumer<SQLException> onFailedLogin) {
        this.lease = lease;
        this.logins = parts.logins();
        this.onFailedLogin = onFailedLogin;
        var dice = ThreadLocalRandom.current();
        rotateFrom = lease.atPartOfLife(dice.nextDouble(ROTATION_EARLIEST, ROTATION_LATEST));
        sessions = new HikariDataSource(config(parts, name));
    }

    /** Opens so many sessions before anybody comes, or as many as it can for a moment. */
    void warm(int count) {
        var settings = sessions.getHikariConfigMXBean();
        var idleMin = settings.getMinimumIdle();
        settings.setMinimumIdle(Math.max(idleMin, count));
        Pause.until(FIRST_WAIT, () -> idle() >= Math.max(idleMin, count));
        settings.setMinimumIdle(idleMin);
    }

    int size() {
        return sessions.getHikariPoolMXBean().getTotalConnections();
    }

    private HikariConfig config(Parts parts, String name) {
        var settings = parts.settings();
        var config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(new Sessions(this::login));
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
        config.setMetricRegistry(parts.meters());
        return config;
    }

    @MustBeClosed
    private Connection login() throws SQLException {
        try {
            return logins.forPool(lease.credential(), () -> isAway = true);
        } catch (SQLException failure) {
            onFailedLogin.accept(failure);
            throw failure;
        }
    }

    private int idle() {
        return sessions.getHikariPoolMXBean().getIdleConnections();
    }

    /**
     * A session; fails at once when retired. Nobody who has passed that gate meets a closed pool:
     * draining waits for those who are inside.
     */
    @MustBeClosed
    Connection acquire() throws SQLException {
        acquiring.incrementAndGet();
        try {
            if (isRetired) {
                throw new SQLTransientConnectionException("this pool is retired");
            }
            return sessions.getConnection();
        } finally {
            acquiring.decrementAndGet();
        }
    }

    CredentialLease lease() {
        return lease;
    }

    String name() {
        return sessions.getPoolName();
    }

    /** When its credential is old enough to be exchanged. */
    Instant rotateFrom() {
        return rotateFrom;
    }

    /** Whether some of its sessions may be with another server than the nearest. */
    boolean isAway() {
        return isAway;
    }

    /** Opens every session anew: an idle one at once, one in use when it is given back. */
    void comeHome() {
        isAway = false;
        sessions.getHikariPoolMXBean().softEvictConnections();
    }

    /** Takes no part in new work, and waits until what is in flight has given its sessions back. */
    void drain(Duration most) {
        isRetired = true;
        Pause.until(most, () -> sessions.isClosed() || (acquiring.get() == 0 && active() == 0));
    }

    private int active() {
        return sessions.getHikariPoolMXBean().getActiveConnections();
    }

    /** Ends the sessions, then gives the credential back. */
    @Override
    public void close() {
        sessions.close();
        lease.close();
    }
}
