package dev.paygateway.acquirer;

/** What came of one try on the wire. */
sealed interface Exchange {
    /** A whole answer, within its size and time. */
    record Answered(int status, String body) implements Exchange {}

    /** The body of the request was never begun: the acquirer cannot have acted. */
    record Unsent(String why) implements Exchange {}

    /** The request may have arrived; no readable answer did. */
    record Silent(String why) implements Exchange {}
}
