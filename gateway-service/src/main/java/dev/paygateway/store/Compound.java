package dev.paygateway.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One transaction as one statement, so that it takes one round trip and no lock is held across the
 * network. What is in it is committed whole or not at all: any error, a {@link Guard}'s too, rolls
 * back and is told to the caller as it is.
 *
 * @param values for the question marks of {@code sql}, in their order
 */
record Compound(String sql, List<@Nullable Object> values) {
    /**
     * A row lock is waited for this long; then error 1205. The statement as a whole has no limit on
     * the server: its COMMIT may be held up for seconds while a region is lost, and ending it then
     * would turn a commit that happens into one whose fate is unknown.
     */
    private static final String LIMITS =
            "SET STATEMENT innodb_lock_wait_timeout = 1, max_statement_time = 0 FOR\n";

    /** The first ROLLBACK: START TRANSACTION would commit what a killed statement left behind. */
    private static final String BEGIN =
            LIMITS
                    + """
                    BEGIN NOT ATOMIC
                    DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; RESIGNAL; END;
                    ROLLBACK;
                    START TRANSACTION;
                    """;

    private static final String END = "COMMIT;\nEND";

    /** Few texts, each always the same object's: the driver and the server keep them prepared. */
    private static final Map<List<String>, String> TEXTS = new ConcurrentHashMap<>();

    Compound {
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    /** Collects statements, each a constant text ending in a semicolon, with their values. */
    static final class Builder {
        private final List<String> statements = new ArrayList<>();
        private final List<@Nullable Object> values = new ArrayList<>();

        void add(String statement, @Nullable Object... itsValues) {
            statements.add(statement);
            values(itsValues);
        }

        /** More values of the statement added last. */
        void values(@Nullable Object... more) {
            values.addAll(Arrays.asList(more));
        }

        Compound build() {
            var text =
                    TEXTS.computeIfAbsent(
                            List.copyOf(statements), all -> BEGIN + String.join("", all) + END);
            return new Compound(text, values);
        }
    }
}
