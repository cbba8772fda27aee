package dev.paygateway.chaos.acquirer;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** What the acquirer has to say to a call. */
sealed interface Answer {

    /** The outcome of an operation, as it was first told or, on inquiry, as it stands. */
    record Outcome(
            String reference,
            String account,
            Status status,
            Optional<Amount> amount,
            Optional<Boolean> captured,
            Optional<DeclineCode> declineCode,
            Optional<Duration> provisional)
            implements Answer {

        Outcome with(Status other) {
            return new Outcome(
                    reference, account, other, amount, captured, declineCode, provisional);
        }
    }

    /** The reference was used before, for something else. */
    record Conflict(String reference) implements Answer {}

    /** Inquiry knows no such reference, or does not see it yet. */
    record NotFound(String reference) implements Answer {}

    /** The request was dropped without a trace in the ledger. */
    record Ignored() implements Answer {}

    /** The ledger is full: nothing new can be remembered, so nothing new is done. */
    record Full() implements Answer {}

    enum Status {
        APPROVED,
        DECLINED,
        NOT_PROCESSED,
        REVERSED,
        TOMBSTONED,
        RETURNED;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
