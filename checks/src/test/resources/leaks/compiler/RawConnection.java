package dev.paygateway.sample;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import javax.sql.DataSource;

/** Refused by RawResource: sessions that the ledger does not know, closed or not. */
final class RawConnection {
    void leak(DataSource pool, String url) throws SQLException {
        try (var one = pool.getConnection(); // refused
                var other = DriverManager.getConnection(url)) { // refused
            one.setSchema(other.getSchema());
        }
    }

    Callable<Connection> leakLater(DataSource pool) {
        return pool::getConnection; // refused
    }
}
