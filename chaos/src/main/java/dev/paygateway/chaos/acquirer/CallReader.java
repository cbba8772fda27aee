package dev.paygateway.chaos.acquirer;

import dev.paygateway.chaos.acquirer.http.HttpRefusal;
import dev.paygateway.chaos.acquirer.http.HttpRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a call out of a request, refusing what is missing, unknown or out of bounds. */
final class CallReader {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final Pattern CARD_NUMBER = Pattern.compile("[0-9]{13,19}");
    private static final Pattern CVC = Pattern.compile("[0-9]{3,4}");
    private static final Pattern JSON_TYPE =
            Pattern.compile("(?i)application/json(; *charset=\"?utf-8\"?)?");
    private static final String OPERATIONS = "/v1/operations/";

    private CallReader() {}

    /** Reads one kind of body. */
    @FunctionalInterface
    private interface Body {
        Call read(Fields fields) throws Malformed;
    }

    /**
     * The call of a request.
     *
     * @throws HttpRefusal with the field, the problem and the remedy
     */
    static Call read(HttpRequest request) throws HttpRefusal {
        if (request.path().startsWith(OPERATIONS)) {
            return inquiry(request);
        }
        Body body =
                switch (request.path()) {
                    case "/v1/authorizations" -> CallReader::authorize;
                    case "/v1/captures" -> CallReader::capture;
                    case "/v1/voids" -> CallReader::release;
                    case "/v1/refunds" -> CallReader::refund;
                    case "/v1/reversals" -> CallReader::reverse;
                    default -> throw new HttpRefusal(404, "no such path");
                };
        requireMethod(request, "POST");
        return post(request, body);
    }

    static void requireMethod(HttpRequest request, String method) throws HttpRefusal {
        if (!request.method().equals(method)) {
            throw new HttpRefusal(405, "use " + method);
        }
    }

    private static Call inquiry(HttpRequest request) throws HttpRefusal {
        requireMethod(request, "GET");
        var reference = request.path().substring(OPERATIONS.length());
        var account = request.query().getOrDefault("merchant_account", "");
        if (!NAME.matcher(reference).matches()) {
            throw new HttpRefusal(400, "path: the reference does not match " + NAME);
        }
        if (!NAME.matcher(account).matches() || request.query().size() != 1) {
            throw new HttpRefusal(400, "query: expected merchant_account=... and nothing else");
        }
        return new Call.Inquire(reference, account);
    }

    private static Call post(HttpRequest request, Body body) throws HttpRefusal {
        if (!JSON_TYPE.matcher(request.header("content-type").orElse("")).matches()) {
            throw new HttpRefusal(415, "Content-Type: send application/json");
        }
        try {
            var fields = Fields.parse(request.body());
            var call = body.read(fields);
            fields.nothingElse();
            requireSameKey(request.header("idempotency-key"), call);
            return call;
        } catch (Malformed malformed) {
            throw new HttpRefusal(400, malformed.problem());
        }
    }

    private static void requireSameKey(Optional<String> key, Call call) throws Malformed {
        if (key.filter(value -> !value.equals(call.reference())).isPresent()) {
            throw new Malformed("Idempotency-Key: differs from reference; send the same in both");
        }
        if (call instanceof Call.FollowUp f && f.original().equals(f.reference())) {
            throw new Malformed("original: is the reference itself; name an earlier operation");
        }
    }

    private static Call authorize(Fields fields) throws Malformed {
        var reference = fields.text("reference", NAME);
        var account = fields.text("merchant_account", NAME);
        var amount = amount(fields);
        boolean capture = fields.flag("capture");
        return new Call.Authorize(reference, account, amount, capture, card(fields.object("card")));
    }

    private static Call.Card card(Fields fields) throws Malformed {
        var number = fields.text("number", CARD_NUMBER);
        int month = (int) fields.whole("exp_month", 1, 12);
        int year = (int) fields.whole("exp_year", 2000, 2999);
        fields.textIfAny("cvc", CVC);
        fields.nothingElse();
        return new Call.Card(number, month, year);
    }

    private static Call capture(Fields fields) throws Malformed {
        return new Call.Capture(
                fields.text("reference", NAME),
                fields.text("original", NAME),
                fields.text("merchant_account", NAME),
                amount(fields),
                fields.has("final") && fields.flag("final"));
    }

    private static Call release(Fields fields) throws Malformed {
        return new Call.Cancel(
                fields.text("reference", NAME),
                fields.text("original", NAME),
                fields.text("merchant_account", NAME));
    }

    private static Call refund(Fields fields) throws Malformed {
        return new Call.Refund(
                fields.text("reference", NAME),
                fields.text("original", NAME),
                fields.text("merchant_account", NAME),
                amount(fields));
    }

    private static Call reverse(Fields fields) throws Malformed {
        return new Call.Reverse(
                fields.text("reference", NAME),
                fields.text("original", NAME),
                fields.text("merchant_account", NAME));
    }

    private static Amount amount(Fields fields) throws Malformed {
        return new Amount(
                fields.whole("amount", 1, Amount.VALUE_MAX), fields.text("currency", CURRENCY));
    }
}
