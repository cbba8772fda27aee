package dev.paygateway.resource;

import com.google.errorprone.annotations.MustBeClosed;
import java.sql.Connection;
import java.sql.SQLException;

/** Database connections, logged in with the credential of the moment. */
public interface Connections {
    /** A connection from the pool of the moment; waits 250 ms for one at most. */
    @MustBeClosed
    Connection acquire() throws SQLException;

    /** Reports an error that may mean that the credential or the node is no good any more. */
    void suspect(SQLException failure);
}
