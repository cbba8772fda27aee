package dev.paygateway.client;

import java.util.List;
import java.util.Optional;

/**
 * One page of a list.
 *
 * @param nextCursor for {@link ListQuery#startingAfter}; absent on the last page
 */
public record PaymentPage(List<Payment> payments, Optional<String> nextCursor) {
    public PaymentPage {
        payments = List.copyOf(payments);
    }
}
