package dev.paygateway.acquirer;

import dev.paygateway.payment.Operation;
import dev.paygateway.payment.Payment;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The acquirers' JSON: what is sent, and the one shape of every answer. */
final class Messages {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                    .build();

    private Messages() {}

    /** An answer as it came: nothing in it is believed before {@link Answers} has checked it. */
    record Reply(
            @Nullable String reference,
            @Nullable String merchantAccount,
            @Nullable String status,
            @Nullable Long amount,
            @Nullable String currency,
            @Nullable String acquirerReference,
            @Nullable String declineCode,
            @Nullable String networkCode,
            @Nullable Integer provisionalS,
            @Nullable String reason) {}

    /** What the JSON word {@code null} says. */
    private static final Reply NOTHING =
            new Reply(null, null, null, null, null, null, null, null, null, null);

    static byte[] authorization(Operation operation, Payment payment, Card card, String account) {
        var message = money(operation, account);
        message.put("capture", payment.terms().captureMode() == Payment.CaptureMode.AUTOMATIC);
        var sent =
                message.putObject("card")
                        .put("number", card.number())
                        .put("exp_month", card.expiryMonth())
                        .put("exp_year", card.expiryYear());
        card.cvc().ifPresent(digits -> sent.put("cvc", digits));
        return bytes(message);
    }

    /**
     * A capture, void, refund or reversal of the authorisation {@code original}. What a final
     * capture leaves, the acquirer frees.
     */
    static byte[] followUp(Operation operation, String account) {
        var message =
                switch (operation.order().kind()) {
                    case CAPTURE ->
                            money(operation, account).put("final", operation.order().last());
                    case REFUND -> money(operation, account);
                    case VOID, REVERSE, AUTHORIZE -> head(operation, account);
                };
        message.put("original", operation.order().target().orElseThrow().value());
        return bytes(message);
    }

    private static ObjectNode head(Operation operation, String account) {
        return JSON.createObjectNode()
                .put("reference", operation.id().value())
                .put("merchant_account", account);
    }

    private static ObjectNode money(Operation operation, String account) {
        return head(operation, account)
                .put("amount", operation.order().amount().getAmountMinorLong())
                .put("currency", operation.order().amount().getCurrencyUnit().getCode());
    }

    private static byte[] bytes(ObjectNode message) {
        return JSON.writeValueAsString(message).getBytes(StandardCharsets.UTF_8);
    }

    /** Fails with {@link JacksonException} where it is not JSON of this shape. */
    static Reply reply(Exchange.Answered answer) {
        Reply reply = JSON.readValue(answer.body(), Reply.class);
        return reply == null ? NOTHING : reply;
    }

    /** True where a front tier refused before anybody was asked. */
    static boolean isNotProcessed(Exchange.Answered answer) {
        try {
            return "not_processed".equals(reply(answer).status());
        } catch (JacksonException _) {
            return false;
        }
    }

    /** True where the answer names a reference, and not ours. */
    static boolean isAboutAnother(Exchange.Answered answer, String reference) {
        try {
            var named = reply(answer).reference();
            return named != null && !named.equals(reference);
        } catch (JacksonException _) {
            return false;
        }
    }
}
