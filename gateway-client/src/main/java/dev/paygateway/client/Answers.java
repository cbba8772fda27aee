package dev.paygateway.client;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads answers: what is not wholly as promised is empty, so that silence is never read as "no".
 * Fields this client does not know are ignored.
 */
final class Answers {
    private static final JsonMapper JSON = JsonMapper.shared();

    private Answers() {}

    /** The body as a JSON object. */
    static Optional<JsonNode> object(Exchange.Answered answer) {
        try {
            var node = JSON.readTree(answer.body());
            return Optional.ofNullable(node).filter(JsonNode::isObject);
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }

    static Optional<Payment> payment(JsonNode node) {
        var id = text(node, "id");
        var status = text(node, "status");
        var moved = text(node, "money_moved").flatMap(MoneyMoved::read);
        var amount = money(node.path("amount"));
        if (!"payment".equals(node.path("object").asString("payment"))) {
            return Optional.empty(); // a capture, void or refund has a status and an amount too
        }
        if (id.isEmpty() || status.isEmpty() || moved.isEmpty() || amount.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Payment(
                        id.get(),
                        PaymentStatus.read(status.get()),
                        moved.get(),
                        amount.get(),
                        node.path("authorized").asLong(0),
                        node.path("captured").asLong(0),
                        node.path("refunded").asLong(0),
                        node.path("capturable").asLong(0),
                        node.path("refundable").asLong(0),
                        node.path("version").asLong(0),
                        text(node, "reference").orElse(""),
                        decline(node.path("decline"))));
    }

    static Optional<Operation> operation(JsonNode node) {
        var id = text(node, "id");
        var kind = text(node, "object");
        var payment = text(node, "payment");
        var status = text(node, "status");
        if (id.isEmpty() || kind.isEmpty() || payment.isEmpty() || status.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Operation(
                        id.get(),
                        kind.get(),
                        payment.get(),
                        status.get(),
                        money(node.path("amount"))));
    }

    /** A problem has a code; without one some other machine answered. */
    static Optional<Problem> problem(Exchange.Answered answer) {
        return object(answer)
                .flatMap(node -> text(node, "code").map(code -> problem(answer, node, code)));
    }

    static Optional<PaymentPage> page(JsonNode node) {
        var payments = new ArrayList<Payment>();
        for (var item : node.path("data")) {
            var payment = payment(item);
            if (payment.isEmpty()) {
                return Optional.empty();
            }
            payments.add(payment.get());
        }
        return node.path("data").isArray()
                ? Optional.of(new PaymentPage(payments, text(node, "next_cursor")))
                : Optional.empty();
    }

    static Optional<EventPage> events(JsonNode node) {
        var events = new ArrayList<PaymentEvent>();
        for (var item : node.path("data")) {
            var event = event(item);
            if (event.isEmpty()) {
                return Optional.empty();
            }
            events.add(event.get());
        }
        return node.path("data").isArray()
                ? Optional.of(new EventPage(events, text(node, "next_cursor")))
                : Optional.empty();
    }

    private static Optional<PaymentEvent> event(JsonNode node) {
        var type = text(node, "type");
        var created =
                text(node, "created").or(() -> text(node, "created_at")).flatMap(Answers::instant);
        if (type.isEmpty() || created.isEmpty()) {
            return Optional.empty();
        }
        var status = text(node, "status").or(() -> text(node.path("payment"), "status"));
        return Optional.of(
                new PaymentEvent(
                        node.path("sequence").asLong(0),
                        type.get(),
                        status.map(PaymentStatus::read),
                        created.get()));
    }

    private static Problem problem(Exchange.Answered answer, JsonNode node, String code) {
        return new Problem(
                answer.status(),
                code,
                text(node, "detail").or(() -> text(node, "title")).orElse(""),
                text(node, "money_moved").flatMap(MoneyMoved::read),
                text(node, "retry").map(Retry::read).orElse(Retry.UNSAID),
                retryAfter(answer, node),
                decline(node.path("decline")),
                payment(node.path("payment")),
                text(node, "request_id").or(() -> answer.header("Request-Id")));
    }

    /** From the header, in seconds, else from the body. */
    private static Optional<Duration> retryAfter(Exchange.Answered answer, JsonNode node) {
        return answer.header("Retry-After")
                .filter(value -> value.matches("[0-9]{1,6}"))
                .map(Long::valueOf)
                .or(() -> Optional.of(node.path("retry_after_s").asLong(0)).filter(s -> s > 0))
                .map(Duration::ofSeconds);
    }

    private static Optional<Decline> decline(JsonNode node) {
        return text(node, "code")
                .map(code -> new Decline(code, text(node, "network_code"), text(node, "advice")));
    }

    private static Optional<Money> money(JsonNode node) {
        var currency = text(node, "currency");
        long value = node.path("value").asLong(0);
        try {
            return currency.map(code -> Money.of(value, code));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonNode node, String name) {
        var field = node.path(name);
        return field.isString() ? Optional.of(field.stringValue()) : Optional.empty();
    }
}
