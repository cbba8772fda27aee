package dev.paygateway.client;

import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request body in two forms.
 *
 * @param whole what is sent
 * @param withoutCard what may be written down
 */
record Body(String whole, String withoutCard) {
    private static final JsonMapper JSON = JsonMapper.shared();

    static Body of(PaymentRequest request) {
        var body = JSON.createObjectNode();
        amount(body, request.amount());
        body.put("reference", request.reference());
        body.put("capture", request.capture().name().toLowerCase(Locale.ROOT));
        request.onUnknown()
                .ifPresent(
                        choice -> body.put("on_unknown", choice.name().toLowerCase(Locale.ROOT)));
        request.unknownDeadline()
                .ifPresent(deadline -> body.put("unknown_deadline_s", deadline.toSeconds()));
        if (!request.metadata().isEmpty()) {
            var metadata = body.putObject("metadata");
            request.metadata().forEach(metadata::put);
        }
        var withoutCard = body.toString();
        var source = request.card();
        var card = body.putObject("payment_method").putObject("card");
        card.put("number", source.number());
        card.put("exp_month", source.expMonth());
        card.put("exp_year", source.expYear());
        source.cvc().ifPresent(cvc -> card.put("cvc", cvc));
        return new Body(body.toString(), withoutCard);
    }

    static Body of(CaptureRequest request) {
        var body = JSON.createObjectNode();
        request.amount().ifPresent(amount -> amount(body, amount));
        if (request.last()) {
            body.put("final", true);
        }
        return plain(body);
    }

    static Body of(RefundRequest request) {
        var body = JSON.createObjectNode();
        amount(body, request.amount());
        request.reason().ifPresent(reason -> body.put("reason", reason));
        request.expectedRefundable().ifPresent(left -> body.put("expected_refundable", left));
        return plain(body);
    }

    static Body empty() {
        return plain(JSON.createObjectNode());
    }

    private static Body plain(ObjectNode body) {
        var text = body.toString();
        return new Body(text, text);
    }

    private static void amount(ObjectNode body, Money money) {
        body.putObject("amount").put("value", money.value()).put("currency", money.currency());
    }
}
