package dev.paygateway.payment;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What merchants may read: always their own payments alone. Fails with {@link Store.Unavailable}.
 */
public interface Payments {
    /** One payment, with every acknowledged change in it. */
    Optional<Payment> find(Merchant merchant, PaymentId id);

    /** The payment that an idempotency key began. */
    Optional<Payment> byKey(Merchant merchant, String key);

    /** The newest payment of that reference. */
    Optional<Payment> byReference(Merchant merchant, String reference);

    /** Newest first; one more than {@code limit} where there are more. */
    List<Payment> list(Merchant merchant, Filter filter, Page page);

    /** The payment's timeline, oldest first; one more than {@code limit} where there are more. */
    List<TimelineEvent> events(Merchant merchant, PaymentId id, Lines lines);

    /** Each present member narrows the list. */
    record Filter(
            Optional<Status> status,
            Optional<String> reference,
            Optional<String> cardLast4,
            Optional<String> cardBin,
            Optional<String> currency,
            OptionalLong amountMin,
            OptionalLong amountMax,
            Optional<Instant> createdFrom,
            Optional<Instant> createdBefore,
            Optional<String> acquirer,
            Optional<String> region) {}

    /** At most one of the cursors is present. */
    record Page(int limit, Optional<Cursor> after, Optional<Cursor> before) {}

    /** A place in the list. */
    record Cursor(Instant createdAt, PaymentId id) {}

    /** Lines of a timeline whose sequence is above {@code after}; 0: from its beginning. */
    record Lines(int limit, long after) {}

    /** One line of a timeline; {@code snapshot} is the payment as answered then, in JSON. */
    record TimelineEvent(
            String id,
            String type,
            long sequence,
            Optional<Status> previousStatus,
            Status status,
            OperationId cause,
            String snapshot,
            Instant createdAt) {}
}
