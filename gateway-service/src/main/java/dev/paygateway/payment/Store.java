package dev.paygateway.payment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where decisions are kept. Implemented by the database, and by a model in simulated time. */
public interface Store {
    /**
     * Writes all of a decision in one commit, or none of it. Errors that rolled back are retried
     * inside; a commit whose fate is not known is looked up and repeated until it is, or until the
     * time is up.
     */
    Commit commit(Decision decision);

    /** What became of a decision. */
    sealed interface Commit {
        /** Written, once. */
        record Done() implements Commit {}

        /** Another commit came first, or the lease was lost: decide again on what is there now. */
        record Stale() implements Commit {}

        /** Another request holds the key. */
        record KeyTaken() implements Commit {}

        /** Another payment that is not void holds the reference. */
        record ReferenceTaken(PaymentId holder) implements Commit {}

        /** Provably not written. */
        record Refused(String why) implements Commit {}

        /** Not known to be written or not, in the time there was. */
        record Unconfirmed(String why) implements Commit {}
    }

    /** The payment as the last commit anywhere left it. Fails with {@link Unavailable}. */
    Optional<Payment> payment(PaymentId id);

    /** The operation as the last commit anywhere left it. Fails with {@link Unavailable}. */
    Optional<Operation> operation(OperationId id);

    /** Who holds the key. Fails with {@link Unavailable}. */
    Optional<KeyHolder> holder(Merchant merchant, String key);

    /** Operations whose time has come and that nobody has leased, oldest first. */
    List<OperationId> due(Instant now, int countMax);

    /** Takes an operation for a while, with a fence of its own; none if somebody else was first. */
    Optional<Operation> lease(OperationId id, String owner, Instant now, Duration length);

    /**
     * Ends a lease under which nothing could be written, and lets it be looked at again then. Does
     * nothing where a write has ended the lease, or another has it. Fails with {@link Unavailable}.
     */
    void release(Operation leased, Instant again);

    /** Ends a lease and writes when to look again; false if the lease was lost meanwhile. */
    boolean reschedule(Operation operation);

    /**
     * A key and what it stands for.
     *
     * @param answer none while the operation is under way
     */
    record KeyHolder(
            Claim claim, PaymentId payment, OperationId operation, Optional<Answer> answer) {}

    /** The database cannot be read now. */
    final class Unavailable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Unavailable(String why, Throwable cause) {
            super(why, cause);
        }
    }
}
