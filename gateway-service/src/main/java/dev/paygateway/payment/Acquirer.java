package dev.paygateway.payment;

import java.time.Duration;
import java.util.List;

/** One acquirer behind one link. Every call ends in an {@link Outcome}, in bounded time. */
public interface Acquirer {
    /** The name as it stands in rows and configuration. */
    String name();

    /** What it declares about itself. */
    Capabilities capabilities();

    /** False while its breaker is open: a call now would not be sent. */
    boolean isReachable();

    /** Sends an authorisation; called once for an operation, never by recovery. */
    Outcome authorize(Operation operation, Payment payment, Instrument instrument);

    /** Sends anything but an authorisation; may be repeated where idempotent send is declared. */
    Outcome submit(Operation operation, Payment payment);

    /** Asks what became of an operation. */
    Outcome inquire(Operation operation, Payment payment);

    /** Which acquirers there are. */
    interface Directory {
        /** All of them, the preferred first. */
        List<Acquirer> routes();

        /** The one of that name; an unknown name is a bug or a removed configuration. */
        Acquirer named(String name);
    }

    /** What a payment is paid with: opaque here, so that no card number can be stored or shown. */
    interface Instrument {
        Payment.CardSummary summary();
    }

    /**
     * The acquirer's own declaration.
     *
     * @param idempotentSend a request may be repeated under the same reference with no second
     *     effect
     * @param reverseByReference a reversal of a reference not seen yet keeps it from taking effect;
     *     without it people settle what would have to be undone
     * @param visibilityWindow how long an effect may be missing from its inquiry
     */
    record Capabilities(
            boolean idempotentSend,
            boolean inquiryByReference,
            boolean reverseByReference,
            Duration visibilityWindow) {}
}
