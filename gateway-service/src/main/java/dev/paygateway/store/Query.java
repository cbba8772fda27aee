package dev.paygateway.store;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A read. The sync wait and the time limit hold for this one statement and leave nothing behind in
 * the session; inside an open transaction they would be ignored, so there never is one around it.
 *
 * @param freshness what must have arrived on this node before it answers
 * @param values for the question marks of {@code select}, in their order
 */
record Query(Freshness freshness, String select, List<@Nullable Object> values) {
    /** Values of {@code wsrep_sync_wait}: what is waited for, at most repl.causal_read_timeout. */
    enum Freshness {
        /** Nothing: any recent state will do. */
        ANY("SET STATEMENT max_statement_time = 2 FOR\n"),
        /** Every commit acknowledged anywhere before the read began. */
        ACKNOWLEDGED("SET STATEMENT wsrep_sync_wait = 1, max_statement_time = 2 FOR\n"),
        /** The same for every kind of statement: what the unknown protocol prescribes. */
        EVERYTHING("SET STATEMENT wsrep_sync_wait = 7, max_statement_time = 2 FOR\n");

        private final String prefix;

        Freshness(String prefix) {
            this.prefix = prefix;
        }
    }

    Query {
        values = Collections.unmodifiableList(values);
    }

    static Query of(Freshness freshness, String select, @Nullable Object... values) {
        return new Query(freshness, select, Arrays.asList(values));
    }

    String sql() {
        return freshness.prefix + select;
    }

    /** The same for a server built without Galera, which has no such variable and no such delay. */
    Query withoutWait() {
        return new Query(Freshness.ANY, select, values);
    }
}
