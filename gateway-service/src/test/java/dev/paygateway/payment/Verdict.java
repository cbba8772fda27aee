package dev.paygateway.payment;

/** What a client learns of its transaction. */
enum Verdict {
    COMMITTED,
    /** Its guard did not hold on the local copy. */
    GUARDED,
    /** Rolled back: a transaction certified earlier wrote one of its rows. */
    CONFLICT,
    NOT_EXECUTED,
    /** The connection was lost at COMMIT. */
    UNKNOWN
}
