package dev.paygateway.acquirer;

import dev.paygateway.payment.Decline;
import dev.paygateway.payment.Decline.Advice;
import dev.paygateway.payment.Operation;
import dev.paygateway.payment.Operation.Kind;
import dev.paygateway.payment.Outcome;
import dev.paygateway.payment.Payment.CardSummary;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;

/**
 * Judges an acquirer's answer as hostile input. Only an answer that names our reference, account,
 * amount and currency is believed; one that contradicts them goes to people; one that cannot be
 * read is silence.
 */
final class Answers {
    private static final int KEPT_LENGTH_MAX = 100;

    private static final Pattern NETWORK_CODE = Pattern.compile("[A-Za-z0-9_-]{1,8}");

    private static final String UNLISTED = "generic_decline";

    /** Every decline code that leaves this package: a foreign word could be anything. */
    private static final Set<String> DECLINES =
            Set.of(
                    UNLISTED,
                    "insufficient_funds",
                    "expired_card",
                    "incorrect_cvc",
                    "authentication_failed",
                    "fraud_suspected",
                    "risk_blocked",
                    "velocity_exceeded",
                    "invalid_amount",
                    "invalid_state",
                    "tombstoned");

    /** What may stand between two digits of an echoed card number. */
    private static final String PARTED = "[^A-Za-z0-9]{0,3}";

    private final String accountPrefix;

    Answers(String accountPrefix) {
        this.accountPrefix = accountPrefix;
    }

    String account(Operation operation) {
        return accountPrefix + operation.order().merchant().id();
    }

    Outcome outcome(Exchange exchange, Operation operation, CardSummary card) {
        return switch (exchange) {
            case Exchange.Unsent(var why) -> new Outcome.Unsent(why);
            case Exchange.Silent(var why) -> new Outcome.Silent(why);
            case Exchange.Answered answer -> read(answer, operation, card);
        };
    }

    private Outcome read(Exchange.Answered answer, Operation operation, CardSummary card) {
        try {
            return switch (answer.status()) {
                case 200, 404, 422 -> judge(Messages.reply(answer), operation, card);
                case 400 -> notUnderstood(Messages.reply(answer), operation);
                default -> new Outcome.Silent("HTTP " + answer.status());
            };
        } catch (JacksonException _) {
            return new Outcome.Silent("an answer that is not JSON as agreed");
        }
    }

    /** To our reference it is a contradiction; without it any proxy on the way may have said so. */
    private static Outcome notUnderstood(Messages.Reply reply, Operation operation) {
        return operation.id().value().equals(reply.reference())
                ? new Outcome.Contradicted("HTTP 400")
                : new Outcome.Silent("HTTP 400 without our reference");
    }

    private Outcome judge(Messages.Reply reply, Operation operation, CardSummary card) {
        if (!operation.id().value().equals(reply.reference()) || reply.status() == null) {
            return new Outcome.Silent("an answer without our reference or without status");
        }
        return switch (reply.status()) {
            case "not_found" -> new Outcome.NotFound();
            case "approved" -> approved(reply, operation, card);
            case "declined", "rejected" -> new Outcome.Refused(decline(reply), false);
            case "not_processed" -> new Outcome.Refused(decline(reply), true);
            case "reversed" -> new Outcome.Undone(true);
            case "tombstoned" -> new Outcome.Undone(false);
            case "returned" -> new Outcome.Returned();
            default ->
                    new Outcome.Silent(
                            "an answer with the unknown status " + kept(reply.status(), card));
        };
    }

    private Outcome approved(Messages.Reply reply, Operation operation, CardSummary card) {
        var asked = operation.order().amount();
        if (!account(operation).equals(reply.merchantAccount())) {
            return new Outcome.Contradicted("approved for another merchant account");
        }
        var hasMoney = operation.order().kind() != Kind.VOID;
        if (hasMoney
                && (reply.amount() == null
                        || reply.amount() != asked.getAmountMinorLong()
                        || !asked.getCurrencyUnit().getCode().equals(reply.currency()))) {
            return new Outcome.Contradicted(
                    "approved %s where %s was asked"
                            .formatted(kept(reply.amount() + " " + reply.currency(), card), asked));
        }
        if (reply.acquirerReference() == null) {
            return new Outcome.Silent("an approval without the acquirer's reference");
        }
        return new Outcome.Approved(
                kept(reply.acquirerReference(), card),
                asked,
                Optional.ofNullable(reply.provisionalS()).map(Duration::ofSeconds));
    }

    /**
     * A foreign text made safe to store and to show. Nothing is decided by it: what it cannot hold
     * is replaced, the payment's card number in it first of all.
     */
    private static String kept(String text, CardSummary card) {
        var number =
                parted(card.bin()) + "(?:" + PARTED + "[0-9]){3,9}" + PARTED + parted(card.last4());
        var plain = text.replaceAll(number, "card").replaceAll("[^A-Za-z0-9_.:-]", "_");
        return plain.substring(0, Math.min(plain.length(), KEPT_LENGTH_MAX));
    }

    private static String parted(String digits) {
        return digits.replaceAll("(?<=.)(?=.)", Matcher.quoteReplacement(PARTED));
    }

    private static Decline decline(Messages.Reply reply) {
        var said = reply.declineCode() == null ? reply.reason() : reply.declineCode();
        var code = said == null ? UNLISTED : code(said);
        var network =
                Optional.ofNullable(reply.networkCode())
                        .filter(word -> NETWORK_CODE.matcher(word).matches());
        return new Decline(code, network, advice(code));
    }

    private static Advice advice(String code) {
        return switch (code) {
            case "insufficient_funds" -> Advice.RETRY_LATER;
            case "expired_card", "incorrect_cvc", "invalid_amount", "invalid_state" ->
                    Advice.FIX_DATA;
            case "fraud_suspected", "tombstoned" -> Advice.DO_NOT_RETRY;
            default -> Advice.OTHER_METHOD;
        };
    }

    /** The code on our list that the foreign word spells. */
    private static String code(String word) {
        var plain = word.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_");
        return DECLINES.contains(plain) ? plain : UNLISTED;
    }
}
