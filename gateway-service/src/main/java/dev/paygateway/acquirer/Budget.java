package dev.paygateway.acquirer;

import dev.paygateway.payment.Operation;
import java.time.Duration;
import java.time.Instant;

/** What a call to an acquirer may take. */
final class Budget {
    static final Duration CONNECT = Duration.ofMillis(500);

    /** One try, from its first byte to its last. */
    static final Duration TRY = Duration.ofSeconds(2);

    /** All tries of one call and the waits between them. */
    static final Duration CALL = Duration.ofMillis(6_500);

    /** A connection is replaced before the certificates that it was made with are out of date. */
    static final Duration CONNECTION_LIFE_MAX = Duration.ofMinutes(10);

    /** Tries of one call where a repeat is harmless; one otherwise. */
    static final int TRIES_MAX = 3;

    /** Wait before a repeat, halved to half as much again by jitter. */
    static final Duration BETWEEN_TRIES = Duration.ofMillis(100);

    /** The largest answer that is read, in bytes. */
    static final int ANSWER_BYTES_MAX = 16 * 1024;

    private Budget() {}

    /**
     * No try of a call that begins now may end later: within its own budget, and within what the
     * operation was given. Recovery, which comes after that, has its own budget alone.
     */
    static Instant end(Operation operation, Instant now) {
        var call = now.plus(CALL);
        var given = operation.order().sendUntil();
        var isRecovery = operation.fence() > 0;
        return isRecovery || call.isBefore(given) ? call : given;
    }
}
