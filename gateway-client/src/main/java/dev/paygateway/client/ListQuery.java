package dev.paygateway.client;

import java.util.Optional;

/**
 * Which payments to list, newest first.
 *
 * @param limit 1 to 100
 * @param after the cursor of the page before
 */
public record ListQuery(
        int limit,
        Optional<PaymentStatus> status,
        Optional<String> reference,
        Optional<String> after) {
    public ListQuery {
        if (limit < 1 || limit > Payments.LIMIT_MAX) {
            throw new IllegalArgumentException(
                    "limit is %d: give 1 to %d".formatted(limit, Payments.LIMIT_MAX));
        }
    }

    public static ListQuery first(int limit) {
        return new ListQuery(limit, Optional.empty(), Optional.empty(), Optional.empty());
    }

    public ListQuery withStatus(PaymentStatus wanted) {
        return new ListQuery(limit, Optional.of(wanted), reference, after);
    }

    public ListQuery withReference(String wanted) {
        return new ListQuery(limit, status, Optional.of(wanted), after);
    }

    public ListQuery startingAfter(String cursor) {
        return new ListQuery(limit, status, reference, Optional.of(cursor));
    }
}
