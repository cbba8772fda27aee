package dev.paygateway.client;

import java.util.Optional;

/**
 * How a money request ended, after all repeats under its one key.
 *
 * <p>Only {@link Declined}, and {@link Refused} with {@code money_moved: no}, allow another key;
 * after anything else that is open the same request with the same key is the only safe repeat.
 */
public sealed interface PaymentResult {
    Trail trail();

    /** The payment as the last answer that showed it. */
    Optional<Payment> payment();

    default MoneyMoved moneyMoved() {
        return trail().moneyMoved();
    }

    default int tries() {
        return trail().tries();
    }

    /**
     * What it took.
     *
     * @param tries HTTP requests sent, reads included
     * @param replayed the answer was stored before: an earlier try had arrived
     */
    record Trail(int tries, MoneyMoved moneyMoved, boolean replayed) {}

    /**
     * It happened: authorised, captured, voided or refunded.
     *
     * @param operation the capture, void or refund; absent for a payment
     */
    record Approved(Optional<Payment> payment, Optional<Operation> operation, Trail trail)
            implements PaymentResult {}

    /** A definite no from the issuer, the acquirer or the books: it did not happen. */
    record Declined(Optional<Payment> payment, Problem problem, Trail trail)
            implements PaymentResult {}

    /**
     * The request itself was wrong: wrong data, state, rights.
     *
     * @param trail {@code money_moved} is {@code unknown} if a try before the refused one stayed
     *     without an answer: a refusal speaks for its own try only
     */
    record Refused(Problem problem, Trail trail) implements PaymentResult {
        @Override
        public Optional<Payment> payment() {
            return problem.payment();
        }
    }

    /** Accepted and not yet final when time was up; the gateway drives it to its end. */
    record Pending(Optional<Payment> payment, Trail trail) implements PaymentResult {}

    /**
     * No readable final answer in time.
     *
     * @param lastError the last failure in words
     * @param trail {@code money_moved} is {@code no} only if every single try was provably without
     *     effect
     */
    record Unreachable(String lastError, Trail trail) implements PaymentResult {
        @Override
        public Optional<Payment> payment() {
            return Optional.empty();
        }
    }
}
