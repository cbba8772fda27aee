package dev.paygateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.payment.Decision;
import dev.paygateway.payment.Store.Commit;
import dev.paygateway.resource.Connections;
import dev.paygateway.resource.HeldConnection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;

/**
 * Goal: while the database is away, a request is refused as soon as that is known, and what an
 * acquirer has answered is still held for it.
 *
 * <p>Method: a pool that never has a session, and counts who asked for one.
 */
class NoSessionTest {
    private final Empty pool = new Empty();
    private final SqlStore store = new SqlStore(pool, new Samples.Words(), new RealTime());
    private final Decision first = Samples.pay(Samples.merchant(), "key-1");

    @Test
    void refusesAFirstCommitAtOnce() {
        assertThat(store.commit(first)).isInstanceOf(Commit.Refused.class);
        assertThat(pool.asked).isOne();
    }

    @Test
    void waitsForAnotherCredential() {
        pool.isDenied = true;
        assertThat(store.commit(first)).isInstanceOf(Commit.Refused.class);
        assertThat(pool.asked).isEqualTo(Patience.TRIES_MAX);
    }

    @Test
    void triesAgainWithWhatAnAcquirerAnswered() {
        var second = Samples.captured(first.after(), first.started().orElseThrow());
        assertThat(store.commit(second)).isInstanceOf(Commit.Refused.class);
        assertThat(pool.asked).isEqualTo(Patience.TRIES_MAX);
    }

    private static final class Empty implements Connections {
        private int asked;
        private boolean isDenied;

        @Override
        public HeldConnection acquire() throws SQLException {
            asked++;
            throw new SQLTransientConnectionException("no session within 250 ms");
        }

        @Override
        public boolean suspect(SQLException error) {
            return isDenied;
        }
    }
}
