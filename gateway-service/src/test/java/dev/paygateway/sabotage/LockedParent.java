package dev.paygateway.sabotage;

import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * A refund is begun as many a text book has it: the payment's row is locked, what its refunds come
 * to is added up, and the new refund is inserted; the payment's row is not written. On one node the
 * lock holds. Two nodes do not see each other's locks, and their inserts do not collide.
 *
 * <p>What is reserved then stands in the refunds alone, and is added up by whoever reads a payment.
 */
final class LockedParent implements UnaryOperator<String> {
    private static final String READ = "SELECT * FROM payment WHERE id = ?";

    /** The sum comes first: of two columns of one name a reader gets the first. */
    private static final String SUMMING_READ =
            """
            SELECT LEAST(captured - refunded, (
                    SELECT COALESCE(SUM(amount), 0) FROM operation
                    WHERE payment_id = payment.id AND kind = 'refund'
                        AND state IN ('sent', 'unknown'))) AS refund_pending,
                payment.*
            FROM payment WHERE id = ?\
            """;

    private static final Pattern PARENT =
            Pattern.compile("UPDATE payment SET(.*?)WHERE(.*?)END IF;\n", Pattern.DOTALL);

    private static final String LOCK =
            "SELECT id INTO @payment FROM payment WHERE id = ? AND 0 < ? AND '' <> ? FOR UPDATE;\n";

    private static final Pattern TIMELINE =
            Pattern.compile("INSERT INTO (?:event|outbox) .*?;\n", Pattern.DOTALL);

    private static final String CHECK =
            """
            IF (SELECT SUM(operation.amount) > MAX(payment.captured)
                    FROM payment JOIN operation ON operation.payment_id = payment.id
                    WHERE payment.id = @payment AND operation.kind = 'refund'
                        AND operation.state NOT IN ('declined', 'failed')) THEN
                SIGNAL SQLSTATE '45003';
            END IF;
            """;

    private static final String END = "COMMIT;\nEND";

    @Override
    public String apply(String sql) {
        var begins = sql.contains("INSERT INTO idempotency") && PARENT.matcher(sql).find();
        return begins ? begun(sql) : sql.replace(READ, SUMMING_READ);
    }

    private static String begun(String sql) {
        var locked = PARENT.matcher(sql).replaceFirst(it -> unused(it.group(1)) + LOCK);
        var child = TIMELINE.matcher(locked).replaceAll(it -> unused(it.group()));
        return child.replace(END, CHECK + END);
    }

    /** Takes a statement's values and does nothing with them. */
    private static String unused(String statement) {
        var values = statement.chars().filter(each -> each == '?').count();
        return "DO ?" + ", ?".repeat(Math.toIntExact(values) - 1) + ";\n";
    }
}
