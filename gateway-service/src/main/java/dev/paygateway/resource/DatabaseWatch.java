package dev.paygateway.resource;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Looks at the database twice a second. Every fourth look has a login of its own, so that a
 * credential that is no longer accepted is noticed before a payment meets it; the others ask the
 * session of that one. Sends sessions home once the nearest server is ready again.
 */
final class DatabaseWatch implements Database, AutoCloseable {
    private static final Duration PERIOD = Duration.ofMillis(500);

    /** Between a look that found the server cut off and the next, which may find another one. */
    private static final Duration AT_ONCE = Duration.ofMillis(10);

    private static final int LOOKS_A_LOGIN = 4;

    /** A server that has just come back may go again: so often it must have been ready. */
    private static final int LOGINS_HOME = 3;

    /** Whose credential is tried, and whose sessions are sent home. */
    interface Subject {
        Credential credential();

        @CanIgnoreReturnValue
        boolean suspect(SQLException error);

        boolean isAway();

        void comeHome();
    }

    private final Subject pools;
    private final Logins logins;
    private final Repeater repeater;
    private volatile Standing standing;
    private int loginsHome;

    DatabaseWatch(Subject pools, Logins logins) {
        this.pools = pools;
        this.logins = logins;
        standing = new Standing.Away("not looked at yet");
        look(1);
        repeater = new Repeater("database-watch", AT_ONCE, this::watch);
    }

    @Override
    public Standing standing() {
        return standing;
    }

    private void watch() {
        look(LOOKS_A_LOGIN);
        if (pools.isAway()) {
            loginsHome = logins.isNearestReady(pools.credential()) ? loginsHome + 1 : 0;
            if (loginsHome >= LOGINS_HOME) {
                pools.comeHome();
                loginsHome = 0;
            }
        }
    }

    /** Logs in, and asks the session so often while its server stays with the majority. */
    private void look(int times) {
        try (var session = logins.look(pools.credential())) {
            for (var asked = 0; asked < times && isWithMajority(session); asked++) {
                if (times > 1) {
                    Pause.of(PERIOD);
                }
            }
        } catch (SQLException failure) {
            pools.suspect(failure);
            standing =
                    Logins.isCutOff(failure)
                            ? new Standing.CutOff()
                            : new Standing.Away(Pools.describe(failure));
            Pause.of(times > 1 ? PERIOD : Duration.ZERO);
        }
    }

    /** False: the next login tells whether another server is. */
    private boolean isWithMajority(Connection session) throws SQLException {
        return switch (Logins.takes(session)) {
            case WRITES -> {
                standing = new Standing.Writable();
                yield true;
            }
            case READS -> {
                standing = new Standing.ReadOnly();
                yield true;
            }
            case NOTHING -> false;
        };
    }

    @Override
    public void close() {
        repeater.close();
    }
}
