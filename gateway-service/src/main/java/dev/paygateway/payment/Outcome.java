package dev.paygateway.payment;

import java.time.Duration;
import java.util.Optional;
import org.joda.money.Money;

/** What is known after asking an acquirer. Silence is an outcome of its own, never a failure. */
public sealed interface Outcome {
    /**
     * The acquirer did it.
     *
     * @param provisional it may still be taken back; ask again after this time
     */
    record Approved(String acquirerReference, Money amount, Optional<Duration> provisional)
            implements Outcome {}

    /**
     * The acquirer or the issuer refused, with no effect.
     *
     * @param elsewhere refused before the issuer was asked: another acquirer may be tried
     */
    record Refused(Decline decline, boolean elsewhere) implements Outcome {}

    /** Provably no byte of the request was acted on: refused connection, open breaker, bad TLS. */
    record Unsent(String why) implements Outcome {}

    /** Timeout, reset, 5xx or an unreadable answer: it may or may not have happened. */
    record Silent(String why) implements Outcome {}

    /** Asked for a reference, the acquirer does not know it (yet). */
    record NotFound() implements Outcome {}

    /**
     * A reversal was carried out.
     *
     * @param hadEffect true: an effect existed and was undone; false: the reference is sealed, and
     *     a later authorisation under it will be refused
     */
    record Undone(boolean hadEffect) implements Outcome {}

    /** A refund that had succeeded was sent back by the bank. */
    record Returned() implements Outcome {}

    /** An answer to our reference whose amount, currency or account is not ours: people decide. */
    record Contradicted(String detail) implements Outcome {}
}
