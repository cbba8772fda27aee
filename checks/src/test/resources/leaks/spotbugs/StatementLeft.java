package dev.paygateway.sample;

import java.sql.Connection;
import java.sql.SQLException;

/** Refused by SpotBugs OBL_UNSATISFIED_OBLIGATION: a statement that nobody closes. */
final class StatementLeft {
    boolean leak(Connection connection) throws SQLException {
        return connection.prepareStatement("SELECT 1").execute();
    }
}
