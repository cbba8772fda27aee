package dev.paygateway.resource;

import com.google.errorprone.annotations.MustBeClosed;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One lease in hand, renewed in the background. It can be lost at any moment: between a look at it
 * and the deed, too. What must never be done by a stale owner is done by {@link #write}.
 */
final class Lease implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

    /** Renewals in the length of the lease: two may fail. */
    private static final int RENEWALS = 3;

    private static final String LOST = "45006";

    /** One round trip: a process that is halted holds no lock of the row meanwhile. */
    private static final String GUARD =
            """
            BEGIN NOT ATOMIC
            DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; RESIGNAL; END;
            ROLLBACK;
            START TRANSACTION;
            UPDATE lease SET revision = revision + 1 WHERE name = ? AND fence = ?;
            IF ROW_COUNT() <> 1 THEN
                SIGNAL SQLSTATE '45006' SET MESSAGE_TEXT = 'the lease is lost';
            END IF;
            """;

    private static final String COMMIT = ";\nCOMMIT;\nEND";

    private final Term term;
    private final Repeater renewal;
    private final Holding holding;

    @MustBeClosed
    Lease(Holdings holdings, Term term) {
        this.term = term;
        // Of the term alone: the thread must not keep a handle that was dropped.
        renewal = new Repeater("lease-" + term.name, term.length.dividedBy(RENEWALS), term::renew);
        holding = holdings.enter(Kind.LEASE, term.name, this);
    }

    /** From memory, by this process's own clock; it runs out before the database's. */
    boolean isHeld() {
        return term.isHeld();
    }

    /** Fails with {@link LeaseLost}; as {@link #isHeld}, asks nobody. */
    void requireHeld() {
        if (!isHeld()) {
            throw term.lost();
        }
    }

    /** Grows with each owner of the name. */
    long fence() {
        return term.fence;
    }

    /**
     * Executes one statement and commits it, if nobody has taken the lease meanwhile; fails with
     * {@link LeaseLost} if somebody has. The database alone is asked. Of DDL, which ends a
     * transaction, the guard is committed just before.
     *
     * @param statement a constant text without a semicolon at its end
     */
    void write(Connection session, String statement, Object... values) throws SQLException {
        try (var guarded = session.prepareStatement(GUARD + statement + COMMIT)) {
            guarded.setString(1, term.name);
            guarded.setLong(2, term.fence);
            for (var i = 0; i < values.length; i++) {
                guarded.setObject(i + 3, values[i]);
            }
            guarded.executeUpdate();
        } catch (SQLException failure) {
            if (LOST.equals(failure.getSQLState())) {
                throw term.lost();
            }
            throw failure;
        }
    }

    /** Gives it back; a release that fails is reported, and the lease ends by itself. */
    @Override
    public void close() {
        if (holding.strikeOff()) {
            renewal.close();
            term.release();
        }
    }

    /** What was granted, and until when. */
    static final class Term {
        private final Leases leases;
        private final String name;
        private final long fence;
        private final Duration length;
        private volatile long until;
        private volatile boolean isLost;

        /**
         * Granted just now.
         *
         * @param sent when it was asked for: the database began to count after that
         */
        Term(Leases leases, String name, long fence, Duration length, long sent) {
            this.leases = leases;
            this.name = name;
            this.fence = fence;
            this.length = length;
            this.until = sent + length.toNanos();
        }

        private boolean isHeld() {
            return !isLost && until - System.nanoTime() > 0;
        }

        private LeaseLost lost() {
            isLost = true;
            return new LeaseLost(name, fence);
        }

        /** What is lost stays lost, even if nobody else has taken it. */
        private void renew() {
            if (!isHeld()) {
                isLost = true;
                return;
            }
            var sent = System.nanoTime();
            try {
                if (leases.renew(name, fence, length)) {
                    until = sent + length.toNanos();
                } else {
                    LOG.warn(lost().getMessage());
                }
            } catch (SQLException failure) {
                LOG.warn("lease {} is not renewed: {}", name, Pools.describe(failure));
            }
        }

        private void release() {
            try {
                if (!leases.release(name, fence)) {
                    LOG.warn("{} before its release", lost().getMessage());
                }
                isLost = true;
            } catch (SQLException failure) {
                LOG.warn("lease {} is not released: {}", name, Pools.describe(failure));
            }
        }
    }
}
