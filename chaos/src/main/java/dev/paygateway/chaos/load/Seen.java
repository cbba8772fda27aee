package dev.paygateway.chaos.load;

import dev.paygateway.client.Exchange;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One outcome as the history tells it; read here anew and not by the client, so that a mistake of
 * the client's cannot hide itself.
 *
 * @param http 0 where there was no answer
 * @param body an empty object where there was none that could be read
 */
record Seen(Type type, int http, JsonNode body, Exchange exchange) {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** What an outcome is worth. */
    enum Type {
        /** Final: it happened, or here is what was asked for. */
        OK,
        /** Accepted, not final. */
        ACK,
        /** A final refusal. */
        FAIL,
        /** Nobody knows, or it may be asked again as it was. */
        INFO;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Seen of(Exchange exchange) {
        return switch (exchange) {
            case Exchange.Silent silent -> new Seen(Type.INFO, 0, JSON.createObjectNode(), silent);
            case Exchange.Answered answer -> {
                var body = read(answer.body());
                yield new Seen(type(answer.status(), body), answer.status(), body, answer);
            }
        };
    }

    /** Accepted, and the gateway itself does not know whether money moved. */
    boolean undecided() {
        return type == Type.ACK && "unknown".equals(text(body, "money_moved"));
    }

    /**
     * Puts the answer on a line.
     *
     * @param asked the payment in the request's path
     */
    void describe(ObjectNode line, Optional<String> asked) {
        var payment = paymentNode();
        var about = payment == null ? null : text(payment, "id");
        var named = about == null ? text(body, "payment") : about;
        line.put("payment", named == null ? asked.orElse(null) : named)
                .put("resource", payment == null ? text(body, "id") : null)
                .put("status", status(payment))
                .put("money_moved", text(body, "money_moved"))
                .put("retry", text(body, "retry"))
                .put("code", text(body, "code"));
        if (http > 0) {
            line.put("http", http);
        } else {
            line.putNull("http");
        }
        amounts(line, payment);
        transport(line);
    }

    private void transport(ObjectNode line) {
        switch (exchange) {
            case Exchange.Silent(_, var error, _) ->
                    line.put("replayed", false)
                            .putNull("answer_sha256")
                            .putNull("region")
                            .put("error", error);
            case Exchange.Answered answer ->
                    line.put(
                                    "replayed",
                                    answer.header("Idempotency-Replayed")
                                            .filter("true"::equals)
                                            .isPresent())
                            .put("answer_sha256", Digest.of(answer.body()))
                            .put("region", answer.header("Gateway-Region").orElse(null))
                            .putNull("error");
        }
    }

    private void amounts(ObjectNode line, @Nullable JsonNode payment) {
        if (payment == null) {
            var version = body.path("version");
            line.put("version", version.isIntegralNumber() ? version.longValue() : null);
            return;
        }
        line.put("version", payment.path("version").asLong(0));
        for (var name : new String[] {"authorized", "captured", "refunded"}) {
            line.put(name, payment.path(name).asLong(0));
        }
    }

    /** The answer itself, or the payment inside a problem. */
    private @Nullable JsonNode paymentNode() {
        if ("payment".equals(text(body, "object"))) {
            return body;
        }
        var inside = body.path("payment");
        return inside.isObject() ? inside : null;
    }

    private @Nullable String status(@Nullable JsonNode payment) {
        return payment == null ? text(body, "status") : text(payment, "status");
    }

    private static Type type(int http, JsonNode body) {
        return switch (http / 100) {
            case 2 -> body.isEmpty() ? Type.INFO : http == 202 ? Type.ACK : Type.OK;
            case 4 -> refused(http, body) ? Type.FAIL : Type.INFO;
            default -> Type.INFO;
        };
    }

    /** A bad request may use its key again once corrected; as it was, it is refused for good. */
    private static boolean refused(int http, JsonNode body) {
        return text(body, "code") != null
                && (http == 400 || !"same_key".equals(text(body, "retry")));
    }

    private static JsonNode read(byte[] bytes) {
        try {
            var node = JSON.readTree(bytes);
            return node != null && node.isObject() ? node : JSON.createObjectNode();
        } catch (JacksonException _) {
            return JSON.createObjectNode();
        }
    }

    private static @Nullable String text(JsonNode node, String name) {
        var field = node.path(name);
        return field.isString() ? field.stringValue() : null;
    }
}
