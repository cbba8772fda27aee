package dev.paygateway.edge;

import dev.paygateway.acquirer.Card;
import dev.paygateway.payment.Claim;
import dev.paygateway.payment.Command;
import dev.paygateway.payment.Merchant.Mode;
import dev.paygateway.payment.Payment.CaptureMode;
import dev.paygateway.payment.Payment.OnUnknown;
import dev.paygateway.payment.PaymentId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import tools.jackson.databind.node.ObjectNode;

/** Turns request bodies into commands, or says what is wrong with them. */
final class PaymentRequests {
    private static final List<String> PAY =
            List.of(
                    "amount",
                    "reference",
                    "payment_method",
                    "capture",
                    "return_url",
                    "on_unknown",
                    "unknown_deadline_s",
                    "unique_reference",
                    "metadata");
    private static final List<String> CAPTURE = List.of("amount", "final");
    private static final List<String> VOID = List.of();
    private static final List<String> REFUND = List.of("amount", "reason", "expected_refundable");
    private static final List<String> CARD = List.of("number", "exp_month", "exp_year", "cvc");

    private static final int REFERENCE_LENGTH_MAX = 100;
    private static final int REASON_LENGTH_MAX = 100;
    private static final int METADATA_COUNT_MAX = 50;
    private static final int METADATA_KEY_LENGTH_MAX = 40;
    private static final int METADATA_VALUE_LENGTH_MAX = 500;
    private static final int EXPIRY_YEAR_MAX = 2099;
    private static final Duration UNKNOWN_DEADLINE = Duration.ofMinutes(15);
    private static final Duration UNKNOWN_DEADLINE_MAX = Duration.ofDays(3);

    /** Sandbox cards for 3-D Secure and disputes, which are not built yet. */
    private static final Set<String> SANDBOX_CARDS_TO_COME = Set.of("3184", "0259");

    /** Who asks, and under which key. */
    record Asked(Claim claim, String requestId, ObjectNode body) {}

    /** A payment, and the card that it is to be charged to. */
    record Payable(Command.Pay pay, Card card) {}

    Payable pay(Asked asked) {
        var fields = Fields.of(asked.body(), PAY);
        if (fields.has("return_url")) {
            throw fields.refusal(
                    "return_url",
                    Code.NO_SUCH_FEATURE,
                    "Redirects are not built yet; leave it out.");
        }
        var amount = MoneyFields.money(fields, "amount");
        var reference = Texts.printable(fields, "reference", REFERENCE_LENGTH_MAX);
        var card = card(fields, asked.claim().merchant().mode());
        var pay =
                new Command.Pay(
                        asked.claim(),
                        asked.requestId(),
                        reference,
                        fields.flag("unique_reference", true),
                        captureMode(fields),
                        amount,
                        card.summary(),
                        metadata(fields),
                        onUnknown(fields),
                        unknownDeadline(fields));
        keepOut(card, pay, fields);
        return new Payable(pay, card);
    }

    /** What the merchant has at hand when it writes its texts is this very card. */
    private static void keepOut(Card card, Command.Pay pay, Fields fields) {
        if (card.isHeldBy(pay.claim().key())) {
            throw Addresses.badKey();
        }
        if (card.isHeldBy(pay.reference())) {
            throw Texts.cardIn(fields, "reference");
        }
        if (pay.metadata().entrySet().stream()
                .anyMatch(pair -> card.isHeldBy(pair.getKey() + " " + pair.getValue()))) {
            throw Texts.cardIn(fields, "metadata");
        }
    }

    Command.Capture capture(Asked asked, PaymentId payment) {
        var fields = Fields.of(asked.body(), CAPTURE);
        var amount =
                fields.has("amount")
                        ? Optional.of(MoneyFields.money(fields, "amount"))
                        : Optional.<Money>empty();
        return new Command.Capture(
                asked.claim(), asked.requestId(), payment, amount, fields.flag("final", false));
    }

    Command.Release release(Asked asked, PaymentId payment) {
        Fields.of(asked.body(), VOID);
        return new Command.Release(asked.claim(), asked.requestId(), payment);
    }

    Command.Refund refund(Asked asked, PaymentId payment) {
        var fields = Fields.of(asked.body(), REFUND);
        var amount = MoneyFields.money(fields, "amount");
        var reason =
                fields.has("reason")
                        ? Optional.of(Texts.printable(fields, "reason", REASON_LENGTH_MAX))
                        : Optional.<String>empty();
        var expected = expectedRefundable(fields, amount.getCurrencyUnit());
        return new Command.Refund(
                asked.claim(), asked.requestId(), payment, amount, reason, expected);
    }

    private static Optional<Money> expectedRefundable(Fields fields, CurrencyUnit currency) {
        var minor = fields.optionalInteger("expected_refundable", 0, MoneyFields.MINOR_MAX);
        return minor.isPresent()
                ? Optional.of(Money.ofMinor(currency, minor.getAsLong()))
                : Optional.empty();
    }

    private static CaptureMode captureMode(Fields fields) {
        return switch (fields.optionalText("capture").orElse("automatic")) {
            case "automatic" -> CaptureMode.AUTOMATIC;
            case "manual" -> CaptureMode.MANUAL;
            default -> throw fields.invalid("capture", "The field must be automatic or manual.");
        };
    }

    private static OnUnknown onUnknown(Fields fields) {
        return switch (fields.optionalText("on_unknown").orElse("wait")) {
            case "wait" -> OnUnknown.WAIT;
            case "reverse" -> OnUnknown.REVERSE;
            default -> throw fields.invalid("on_unknown", "The field must be wait or reverse.");
        };
    }

    private static Duration unknownDeadline(Fields fields) {
        var seconds =
                fields.optionalInteger("unknown_deadline_s", 1, UNKNOWN_DEADLINE_MAX.toSeconds());
        return seconds.isPresent() ? Duration.ofSeconds(seconds.getAsLong()) : UNKNOWN_DEADLINE;
    }

    private static Map<String, String> metadata(Fields fields) {
        var metadata = fields.texts("metadata");
        if (metadata.size() > METADATA_COUNT_MAX) {
            throw fields.invalid(
                    "metadata", "There may be %d keys at most.".formatted(METADATA_COUNT_MAX));
        }
        metadata.forEach((key, value) -> {
            Texts.check(fields, "metadata", key, METADATA_KEY_LENGTH_MAX);
            Texts.check(fields, "metadata", value, METADATA_VALUE_LENGTH_MAX);
        });
        return metadata;
    }

    private static Card card(Fields fields, Mode mode) {
        var method = fields.fields("payment_method", List.of("card", "token"));
        if (method.has("token")) {
            throw method.refusal(
                    "token", Code.NO_SUCH_FEATURE, "Tokens are not built yet; send a card.");
        }
        var card = method.fields("card", CARD);
        var number = number(card, mode);
        var month = (int) card.integer("exp_month", 1, 12);
        var year = (int) card.integer("exp_year", 1, 9_999);
        if (year > EXPIRY_YEAR_MAX) {
            throw invalidCard(card, "exp_year", "The year must be of this century.");
        }
        return new Card(number, month, year, cvc(card));
    }

    private static String number(Fields card, Mode mode) {
        var number = card.text("number");
        if (!CardNumbers.isValid(number)) {
            throw invalidCard(
                    card,
                    "number",
                    "It must have 13 to 19 digits, nothing else, begin with 3 to 6 or 22 to 27, and"
                            + " have a right check digit.");
        }
        if (mode == Mode.TEST
                && SANDBOX_CARDS_TO_COME.contains(number.substring(number.length() - 4))) {
            throw card.refusal(
                    "number",
                    Code.NO_SUCH_FEATURE,
                    "What this sandbox card plays is not built yet; use another.");
        }
        return number;
    }

    private static Optional<String> cvc(Fields card) {
        var cvc = card.optionalText("cvc");
        if (cvc.isPresent() && !cvc.get().matches("[0-9]{3,4}")) {
            throw invalidCard(card, "cvc", "It must have 3 or 4 digits.");
        }
        return cvc;
    }

    private static Rejection invalidCard(Fields card, String name, String detail) {
        return card.refusal(name, Code.INVALID_CARD, detail);
    }
}
