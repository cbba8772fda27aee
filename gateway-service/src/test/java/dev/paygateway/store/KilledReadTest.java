package dev.paygateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.paygateway.payment.Store.Unavailable;
import dev.paygateway.store.Query.Freshness;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Goal: a search that takes too long costs nobody a login, and leaves no transaction behind in
 * which the next reader would see old rows.
 *
 * <p>Method: a pool of one session on a real database, which ends a statement for its time.
 */
class KilledReadTest {
    private static final HikariDataSource POOL = TestDatabase.shared().pool(1, false);

    private static final int OUT_OF_TIME = 1969;

    private final Database database = new Database(new TestDatabase.Pooled(POOL), new RealTime());

    @AfterAll
    static void closePool() {
        POOL.close();
    }

    @Test
    void leavesItsSessionAsItWas() {
        var before = number("SELECT CONNECTION_ID()");
        var slow = Query.of(Freshness.ANY, "SELECT COUNT(*) + SLEEP(60) FROM payment");
        assertThatThrownBy(() -> database.all(slow, row -> row.getLong(1)))
                .isInstanceOf(Unavailable.class)
                .cause()
                .isInstanceOfSatisfying(
                        SQLException.class,
                        failure -> assertThat(failure.getErrorCode()).isEqualTo(OUT_OF_TIME));
        assertThat(number("SELECT CONNECTION_ID()")).isEqualTo(before);
        assertThat(number("SELECT @@in_transaction")).isZero();
    }

    private long number(String select) {
        return database.first(Query.of(Freshness.ANY, select), row -> row.getLong(1)).orElseThrow();
    }
}
