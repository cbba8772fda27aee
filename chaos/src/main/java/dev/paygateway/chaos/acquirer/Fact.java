package dev.paygateway.chaos.acquirer;

import java.util.Locale;
import java.util.Optional;

/** One line of the books: what was asked, or what it did. */
sealed interface Fact {

    String reference();

    enum CallKind {
        AUTHORIZE,
        CAPTURE,
        VOID,
        REFUND,
        REVERSE,
        INQUIRE;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    enum EffectKind {
        AUTHORIZED,
        CAPTURED,
        /** What a final capture left is held no more. */
        RELEASED,
        VOIDED,
        REFUNDED,
        REFUND_RETURNED,
        REVERSED,
        TOMBSTONED,
        DECLINED,
        NOT_PROCESSED;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A request without what must not be kept: of the card only the last four digits.
     *
     * @param last a capture that frees what it leaves
     */
    record Request(
            CallKind call,
            String reference,
            Optional<String> original,
            String account,
            Optional<Amount> amount,
            boolean capture,
            boolean last,
            Optional<String> cardLast4)
            implements Fact {

        static Request of(Call call) {
            return switch (call) {
                case Call.Authorize(
                                var reference,
                                var account,
                                var amount,
                                var capture,
                                var card) ->
                        new Request(
                                CallKind.AUTHORIZE,
                                reference,
                                Optional.empty(),
                                account,
                                Optional.of(amount),
                                capture,
                                false,
                                Optional.of(card.last4()));
                case Call.Capture c ->
                        about(CallKind.CAPTURE, c, Optional.of(c.amount()), c.last());
                case Call.Cancel v -> about(CallKind.VOID, v, Optional.empty(), false);
                case Call.Refund r -> about(CallKind.REFUND, r, Optional.of(r.amount()), false);
                case Call.Reverse r -> about(CallKind.REVERSE, r, Optional.empty(), false);
                case Call.Inquire i ->
                        bare(CallKind.INQUIRE, i, Optional.empty(), Optional.empty(), false);
            };
        }

        private static Request about(
                CallKind kind, Call.FollowUp call, Optional<Amount> amount, boolean last) {
            return bare(kind, call, Optional.of(call.original()), amount, last);
        }

        private static Request bare(
                CallKind kind,
                Call call,
                Optional<String> original,
                Optional<Amount> amount,
                boolean last) {
            return new Request(
                    kind,
                    call.reference(),
                    original,
                    call.account(),
                    amount,
                    false,
                    last,
                    Optional.empty());
        }
    }

    /**
     * Something that now holds.
     *
     * @param reference the request that caused it
     * @param original what it happened to; empty for what befell the request itself
     * @param amount the money that moved; empty where none could
     * @param declineCode only with {@code DECLINED}
     */
    record Effect(
            EffectKind kind,
            String reference,
            Optional<String> original,
            String account,
            Optional<Amount> amount,
            Optional<DeclineCode> declineCode)
            implements Fact {

        static Effect of(EffectKind kind, Request cause, Optional<Amount> amount) {
            return new Effect(
                    kind,
                    cause.reference(),
                    cause.original(),
                    cause.account(),
                    amount,
                    Optional.empty());
        }

        static Effect declined(Request cause, DeclineCode code) {
            return new Effect(
                    EffectKind.DECLINED,
                    cause.reference(),
                    cause.original(),
                    cause.account(),
                    cause.amount(),
                    Optional.of(code));
        }
    }
}
