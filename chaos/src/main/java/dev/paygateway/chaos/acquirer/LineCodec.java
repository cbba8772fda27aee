package dev.paygateway.chaos.acquirer;

import dev.paygateway.chaos.acquirer.Fact.CallKind;
import dev.paygateway.chaos.acquirer.Fact.Effect;
import dev.paygateway.chaos.acquirer.Fact.EffectKind;
import dev.paygateway.chaos.acquirer.Fact.Request;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes and reads a line of the books: one JSON object, no line break in it. */
final class LineCodec {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern WORD = Pattern.compile("[a-z_]{1,32}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern TIME = Pattern.compile("[0-9T:.+Z-]{20,32}");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final Pattern LAST4 = Pattern.compile("[0-9]{4}");
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    private final String acquirer;

    LineCodec(String acquirer) {
        this.acquirer = acquirer;
    }

    /**
     * A fact in its place.
     *
     * @param number 1 for the first line, without gaps
     */
    record Line(long number, Instant at, Fact fact) {}

    String write(Line line) {
        var json = JSON.createObjectNode();
        json.put("n", line.number());
        json.put("at", MILLIS.format(line.at()));
        switch (line.fact()) {
            case Request request -> write(json, request);
            case Effect effect -> write(json, effect);
        }
        return json.toString();
    }

    private void write(ObjectNode json, Request request) {
        json.put("entry", "request").put("acquirer", acquirer);
        json.put("call", request.call().wire()).put("reference", request.reference());
        putText(json, "original", request.original());
        json.put("merchant_account", request.account());
        putAmount(json, request.amount());
        if (request.call() == CallKind.AUTHORIZE) {
            json.put("capture", request.capture());
        } else {
            json.putNull("capture");
        }
        if (request.last()) {
            json.put("final", true);
        }
        putText(json, "card_last4", request.cardLast4());
    }

    private void write(ObjectNode json, Effect effect) {
        json.put("entry", "effect").put("acquirer", acquirer);
        json.put("effect", effect.kind().wire()).put("reference", effect.reference());
        putText(json, "original", effect.original());
        json.put("merchant_account", effect.account());
        putAmount(json, effect.amount());
        effect.declineCode().ifPresent(code -> json.put("decline_code", code.wire()));
    }

    private static void putText(ObjectNode json, String name, Optional<String> text) {
        text.ifPresentOrElse(value -> json.put(name, value), () -> json.putNull(name));
    }

    private static void putAmount(ObjectNode json, Optional<Amount> amount) {
        amount.ifPresentOrElse(
                a -> json.put("amount", a.value()).put("currency", a.currency()),
                () -> json.putNull("amount").putNull("currency"));
    }

    /**
     * Reads a line that this class wrote.
     *
     * @throws Malformed if it is anything else, a line of another acquirer's books included
     */
    Line read(String text) throws Malformed {
        try {
            return readStrictly(Fields.parse(text));
        } catch (IllegalArgumentException | java.time.DateTimeException unknownWord) {
            throw new Malformed(String.valueOf(unknownWord.getMessage()));
        }
    }

    private Line readStrictly(Fields fields) throws Malformed {
        long number = fields.whole("n", 1, Long.MAX_VALUE);
        var at = Instant.parse(fields.text("at", TIME));
        var owner = fields.text("acquirer", NAME);
        if (!owner.equals(acquirer)) {
            throw new Malformed("acquirer: these are the books of " + owner + ", not " + acquirer);
        }
        var entry = fields.text("entry", WORD);
        Fact fact =
                switch (entry) {
                    case "request" -> readRequest(fields);
                    case "effect" -> readEffect(fields);
                    default -> throw new Malformed("entry: expected request or effect");
                };
        fields.nothingElse();
        return new Line(number, at, fact);
    }

    private static Request readRequest(Fields fields) throws Malformed {
        return new Request(
                CallKind.valueOf(upper(fields, "call")),
                fields.text("reference", NAME),
                fields.textIfAny("original", NAME),
                fields.text("merchant_account", NAME),
                readAmount(fields),
                fields.has("capture") && fields.flag("capture"),
                fields.has("final") && fields.flag("final"),
                fields.textIfAny("card_last4", LAST4));
    }

    private static Effect readEffect(Fields fields) throws Malformed {
        return new Effect(
                EffectKind.valueOf(upper(fields, "effect")),
                fields.text("reference", NAME),
                fields.textIfAny("original", NAME),
                fields.text("merchant_account", NAME),
                readAmount(fields),
                fields.textIfAny("decline_code", WORD).map(DeclineCode::of));
    }

    private static String upper(Fields fields, String name) throws Malformed {
        return fields.text(name, WORD).toUpperCase(Locale.ROOT);
    }

    private static Optional<Amount> readAmount(Fields fields) throws Malformed {
        var currency = fields.textIfAny("currency", CURRENCY);
        if (currency.isEmpty()) {
            fields.has("amount");
            return Optional.empty();
        }
        long value = fields.whole("amount", 0, Amount.VALUE_MAX);
        return Optional.of(new Amount(value, currency.get()));
    }
}
