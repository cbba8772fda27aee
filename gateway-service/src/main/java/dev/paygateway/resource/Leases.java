package dev.paygateway.resource;

import com.google.errorprone.annotations.MustBeClosed;
import dev.paygateway.resource.Sessions.Opening;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Leases by name, each for one owner in the whole cluster: a row, taken by guarded update. The
 * database's clock decides when one has ended, so that the owners' clocks need not agree.
 */
final class Leases {
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private static final List<String> TABLE =
            List.of(
                    """
                    CREATE TABLE IF NOT EXISTS lease (
                        name        VARCHAR(64) NOT NULL,
                        lease_owner VARCHAR(64) NULL,
                        lease_until DATETIME(3) NULL,
                        fence       BIGINT      NOT NULL,
                        -- Counts the writes, this row's and those that are made under the lease.
                        revision    BIGINT      NOT NULL,
                        PRIMARY KEY (name),
                        CONSTRAINT lease_owner CHECK (
                            (lease_owner IS NULL) = (lease_until IS NULL)),
                        CONSTRAINT lease_fence CHECK (0 <= fence AND fence <= revision)
                    ) ENGINE = InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin
                    """,
                    "GRANT SELECT, INSERT, UPDATE ON lease TO gateway_sweeper");

    private static final String ROW =
            "INSERT IGNORE INTO lease (name, fence, revision) VALUES (?, 0, 0)";

    private static final String TAKE =
            """
            UPDATE lease SET
                lease_owner = ?, lease_until = UTC_TIMESTAMP(3) + INTERVAL ? MICROSECOND,
                fence = fence + 1, revision = revision + 1
            WHERE name = ? AND (lease_until IS NULL OR lease_until <= UTC_TIMESTAMP(3))
            """;

    private static final String TAKEN =
            "SELECT fence FROM lease WHERE name = ? AND lease_owner = ?";

    private static final String RENEW =
            """
            UPDATE lease SET
                lease_until = UTC_TIMESTAMP(3) + INTERVAL ? MICROSECOND, revision = revision + 1
            WHERE name = ? AND fence = ? AND lease_owner IS NOT NULL
            """;

    private static final String RELEASE =
            """
            UPDATE lease SET lease_owner = NULL, lease_until = NULL, revision = revision + 1
            WHERE name = ? AND fence = ? AND lease_owner IS NOT NULL
            """;

    private final Holdings holdings;
    private final Opening sessions;

    /** Leases that are entered in this ledger; each statement commits by itself. */
    Leases(Holdings holdings, Opening sessions) {
        this.holdings = holdings;
        this.sessions = sessions;
    }

    /** The table is older than any migration: whoever migrates must hold a lease. */
    static void makeTable(Connection session) throws SQLException {
        try (var statement = session.createStatement()) {
            for (var sql : TABLE) {
                statement.execute(sql);
            }
        }
    }

    /**
     * Runs what must run once at a time in the whole cluster. Fails with {@link StartRefused} if
     * its turn does not come, or if the lease was lost on the way.
     */
    void alone(String name, Duration length, Duration wait, Consumer<Lease> work) {
        try (var lease = take(name, length, wait)) {
            work.accept(lease);
        } catch (Taken taken) {
            throw new StartRefused(
                    "another run has the lease " + name,
                    "Run it again when that has ended.",
                    taken);
        } catch (LeaseLost lost) {
            throw new StartRefused(
                    "the lease %s was lost on the way".formatted(name),
                    "Another may be at it now: read the log, and run it again.",
                    lost);
        } catch (SQLException failure) {
            throw new StartRefused(
                    "the lease %s: %s".formatted(name, Pools.describe(failure)),
                    "Start the database, and run the migration first.",
                    failure);
        }
    }

    /**
     * The lease of that name. A try whose fate is not known counts as failed; should it have
     * succeeded, its lease ends by itself.
     *
     * @param length so long it lasts, unless it is renewed
     * @param wait zero: only if it is free now
     */
    @MustBeClosed
    Lease take(String name, Duration length, Duration wait) throws Taken, SQLException {
        var began = System.nanoTime();
        while (true) {
            try (var session = open()) {
                update(session, ROW, name);
                return await(session, name, length, began + wait.toNanos());
            } catch (SQLSyntaxErrorException refused) {
                throw refused; // no table, or no right on it: waiting helps nobody
            } catch (SQLException failure) {
                if (isOver(began + wait.toNanos())) {
                    throw failure;
                }
                Pause.of(LOOK_EVERY);
            }
        }
    }

    @MustBeClosed
    private Lease await(Connection session, String name, Duration length, long until)
            throws Taken, SQLException {
        while (true) {
            var sent = System.nanoTime();
            var fence = tryTake(session, name, length);
            if (fence.isPresent()) {
                var term = new Lease.Term(this, name, fence.getAsLong(), length, sent);
                return new Lease(holdings, term);
            }
            if (isOver(until)) {
                throw new Taken("the lease " + name);
            }
            Pause.of(LOOK_EVERY);
        }
    }

    private static boolean isOver(long until) {
        return System.nanoTime() - until >= 0 || Thread.currentThread().isInterrupted();
    }

    private static OptionalLong tryTake(Connection session, String name, Duration length)
            throws SQLException {
        var owner = UUID.randomUUID().toString();
        if (update(session, TAKE, owner, micros(length), name) != 1) {
            return OptionalLong.empty();
        }
        try (var statement = session.prepareStatement(TAKEN)) {
            statement.setString(1, name);
            statement.setString(2, owner);
            try (var row = statement.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    /** False if another has it. */
    boolean renew(String name, long fence, Duration length) throws SQLException {
        try (var session = open()) {
            return update(session, RENEW, micros(length), name, fence) == 1;
        }
    }

    /** False if another has it. */
    boolean release(String name, long fence) throws SQLException {
        try (var session = open()) {
            return update(session, RELEASE, name, fence) == 1;
        }
    }

    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // handed to the caller, who is told the same
    private Connection open() throws SQLException {
        var session = sessions.open();
        try {
            session.setAutoCommit(true);
            return session;
        } catch (SQLException broken) {
            session.close();
            throw broken;
        }
    }

    private static int update(Connection session, String sql, Object... values)
            throws SQLException {
        try (var statement = session.prepareStatement(sql)) {
            for (var i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }

    private static long micros(Duration length) {
        return length.toNanos() / 1_000;
    }
}
