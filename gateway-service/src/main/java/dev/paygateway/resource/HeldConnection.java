package dev.paygateway.resource;

import com.google.errorprone.annotations.MustBeClosed;
import java.sql.Connection;
import java.sql.SQLException;

/** A session of the database on loan from its pool. */
public final class HeldConnection implements AutoCloseable {
    private final Connection connection;
    private final Holding holding;

    @MustBeClosed
    HeldConnection(Holdings holdings, Connection connection) {
        this.connection = connection;
        this.holding = holdings.enter(Kind.CONNECTION, "database", this);
    }

    /** To work with; never to be closed by itself. */
    public Connection connection() {
        return connection;
    }

    /** Gives it back; as with any connection, once more does nothing. */
    @Override
    public void close() throws SQLException {
        try {
            connection.close();
        } finally {
            holding.strikeOff();
        }
    }
}
