package dev.paygateway.resource;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.MustBeClosed;
import java.sql.SQLException;

/** The only way to the database: a pool whose credential may be exchanged behind it. */
public interface Connections {
    /**
     * A connection from the pool of the moment, in a transaction of its own ({@code autoCommit} is
     * off, READ COMMITTED, UTC, a statement is ended after 2 s). Waits at most 250 ms, and three
     * times that where its credential is being exchanged; closing it rolls back what was not
     * committed.
     */
    @MustBeClosed
    HeldConnection acquire() throws SQLException;

    /**
     * To be told every database error that was met. Where it says that the credential is no longer
     * accepted (1045, 1698), a new one is fetched in the background. Returns at once.
     *
     * @return whether it says that
     */
    @CanIgnoreReturnValue
    boolean suspect(SQLException error);
}
