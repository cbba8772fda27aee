package dev.paygateway.chaos.audit.evidence;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** One row of the gateway's database. Amounts are in minor units, times in UTC. */
public sealed interface Row {
    /** The payment that the row belongs to. */
    String payment();

    /** A merchant's idempotency key; the mode keeps test and live apart. */
    record ScopedKey(String merchant, String mode, String key) {
        @Override
        public String toString() {
            return merchant + "/" + mode + "/" + key;
        }
    }

    /** The sums that a payment's row and each of its events carry. */
    record Amounts(
            long authorized,
            long captured,
            long capturePending,
            long refunded,
            long refundPending) {
        public static final Amounts NONE = new Amounts(0, 0, 0, 0, 0);
    }

    /**
     * What a merchant asked for, and what has become of it.
     *
     * @param card its last four digits
     */
    record Payment(
            String payment,
            ScopedKey key,
            String reference,
            PaymentStatus status,
            boolean automaticCapture,
            String card,
            String currency,
            long amount,
            Amounts amounts,
            long version,
            Instant createdAt,
            Instant updatedAt)
            implements Row {}

    /**
     * One thing asked of an acquirer; its id is the reference in the acquirer's book.
     *
     * @param finalCapture whether a capture gives up what it leaves
     * @param target of a reversal, the operation to undo
     * @param key absent when recovery started it
     */
    record Operation(
            String id,
            String payment,
            Optional<String> resource,
            Kind kind,
            State state,
            long amount,
            String currency,
            boolean finalCapture,
            Optional<String> target,
            Optional<String> acquirer,
            String merchant,
            Optional<ScopedKey> key,
            Instant createdAt,
            Instant updatedAt)
            implements Row {
        public enum Kind {
            AUTHORIZE,
            CAPTURE,
            VOID,
            REFUND,
            REVERSE
        }

        public enum State {
            SENT,
            SUCCEEDED,
            DECLINED,
            FAILED,
            UNKNOWN,
            NEEDS_REVIEW;

            /** The word of the API and of the column. */
            public String word() {
                return Words.of(this);
            }

            /** Whether the gateway does not know yet what the acquirer did. */
            public boolean isOpen() {
                return switch (this) {
                    case SENT, UNKNOWN -> true;
                    case SUCCEEDED, DECLINED, FAILED, NEEDS_REVIEW -> false;
                };
            }

            /** Whether the row claims to know what the acquirer did. */
            public boolean isSettled() {
                return switch (this) {
                    case SUCCEEDED, DECLINED, FAILED -> true;
                    case SENT, UNKNOWN, NEEDS_REVIEW -> false;
                };
            }
        }

        public boolean is(Kind wanted) {
            return kind == wanted;
        }
    }

    record Event(
            String payment,
            long seq,
            String type,
            Optional<PaymentStatus> previous,
            PaymentStatus status,
            String operation,
            Amounts amounts,
            Instant at)
            implements Row {}

    record Outbox(String payment, long seq, Instant at) implements Row {}

    /**
     * One idempotency key.
     *
     * @param http the stored answer's status, absent until the operation has ended
     * @param body SHA-256 of the stored answer
     */
    record Key(
            ScopedKey key,
            String payment,
            String operation,
            OptionalLong http,
            Optional<String> body,
            Instant at)
            implements Row {}
}
