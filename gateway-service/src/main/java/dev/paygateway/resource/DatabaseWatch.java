package dev.paygateway.resource;

import java.sql.SQLException;
import java.time.Duration;

/**
 * Looks at the database every two seconds with a login of its own, so that a credential that is no
 * longer accepted is noticed before a payment meets it. Sends sessions home once the nearest server
 * is ready again.
 */
final class DatabaseWatch implements Database, AutoCloseable {
    private static final Duration PERIOD = Duration.ofSeconds(2);

    /** A server that has just come back may go again: so often it must have been ready. */
    private static final int LOOKS_HOME = 3;

    private final Pools pools;
    private final Logins logins;
    private final Repeater repeater;
    private volatile Standing standing;
    private int looksHome;

    DatabaseWatch(Pools pools, Logins logins) {
        this.pools = pools;
        this.logins = logins;
        standing = look();
        repeater = new Repeater("database-watch", PERIOD, this::watch);
    }

    @Override
    public Standing standing() {
        return standing;
    }

    private void watch() {
        standing = look();
        if (pools.isAway()) {
            looksHome = logins.isNearestReady(pools.credential()) ? looksHome + 1 : 0;
            if (looksHome >= LOOKS_HOME) {
                pools.comeHome();
                looksHome = 0;
            }
        }
    }

    private Standing look() {
        try (var session = logins.look(pools.credential());
                var statement = session.createStatement();
                var row = statement.executeQuery("SELECT @@global.read_only")) {
            return row.next() && row.getInt(1) == 0
                    ? new Standing.Writable()
                    : new Standing.ReadOnly();
        } catch (SQLException failure) {
            pools.suspect(failure);
            return new Standing.Away(Pools.describe(failure));
        }
    }

    @Override
    public void close() {
        repeater.close();
    }
}
