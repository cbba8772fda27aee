package dev.paygateway.resource;

import com.google.errorprone.annotations.MustBeClosed;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** Opens sessions with one credential for whoever wants a {@code DataSource}. */
final class Sessions extends AbstractDataSource {
    /** A pool that is closed waits so long for a session that is being opened. */
    private static final Duration LOGIN_WAIT = Duration.ofSeconds(1);

    private final Opening opening;

    /** Opens one. */
    @FunctionalInterface
    interface Opening {
        @MustBeClosed
        Connection open() throws SQLException;
    }

    Sessions(Opening opening) {
        this.opening = opening;
    }

    @Override
    @MustBeClosed
    public Connection getConnection() throws SQLException {
        return opening.open();
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLException("the credential is Vault's alone");
    }

    @Override
    public int getLoginTimeout() {
        return Math.toIntExact(LOGIN_WAIT.toSeconds());
    }

    @Override
    public void setLoginTimeout(int seconds) {
        // ours to bound, server by server
    }
}
