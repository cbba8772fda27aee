package dev.paygateway.resource;

import java.sql.SQLException;
import java.time.Duration;

/**
 * Looks at the database every two seconds with a login of its own, so that a credential that is no
 * longer accepted is noticed before a payment meets it.
 */
final class DatabaseWatch implements Database, AutoCloseable {
    private static final Duration PERIOD = Duration.ofSeconds(2);

    private final Pools pools;
    private final Logins logins;
    private final Repeater repeater;
    private volatile Standing standing;

    DatabaseWatch(Pools pools, Logins logins) {
        this.pools = pools;
        this.logins = logins;
        standing = look();
        repeater = new Repeater("database-watch", PERIOD, () -> standing = look());
    }

    @Override
    public Standing standing() {
        return standing;
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
