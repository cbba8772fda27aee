package dev.paygateway.chaos.audit.evidence;

import java.time.Instant;
import java.util.Optional;

/** One line of an acquirer's book. */
public sealed interface BookLine {
    Origin origin();

    String reference();

    Optional<String> original();

    /** Which book, which line, when. */
    record Origin(String acquirer, long line, Instant at) {}

    /** What was asked, whose account and how much. Minor units; 0 where none was given. */
    record Subject(String account, long amount, String currency) {}

    /** A call that reached the acquirer; it proves nothing about money. */
    record Request(
            Origin origin,
            String call,
            String reference,
            Optional<String> original,
            Subject subject,
            Optional<String> card)
            implements BookLine {}

    /** Something that the acquirer did. */
    record Effect(
            Origin origin, Kind kind, String reference, Optional<String> original, Subject subject)
            implements BookLine {
        public enum Kind {
            AUTHORIZED,
            CAPTURED,
            RELEASED,
            VOIDED,
            REFUNDED,
            REFUND_RETURNED,
            REVERSED,
            TOMBSTONED,
            DECLINED,
            NOT_PROCESSED
        }

        public boolean is(Kind wanted) {
            return kind == wanted;
        }

        /** The authorisation that the effect belongs to: its own reference if it has no other. */
        public String charge() {
            return original.orElse(reference);
        }
    }
}
