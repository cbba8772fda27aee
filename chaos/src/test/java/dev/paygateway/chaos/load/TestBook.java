package dev.paygateway.chaos.load;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a small gateway knows: payments by id, answers by key. A faulty card stays unknown for some
 * reads; 0002 is declined; all others are approved.
 */
final class TestBook {
    private static final int READS_UNTIL_FINAL = 2;

    private final Flaw flaw;
    private final Map<String, Account> payments = new HashMap<>();
    private final Map<String, String> ids = new HashMap<>();
    private final Map<String, Stored> answers = new HashMap<>();

    /** What is wrong with it. */
    enum Flaw {
        NONE,
        /** Every request is a new one. */
        IDEMPOTENCY_OFF,
        /** Refunds are not held against the capture. */
        REFUNDS_UNBOUNDED,
        /** What is unknown stays so. */
        NEVER_FINAL
    }

    record Answer(int status, String body, boolean replayed) {}

    private record Stored(String request, Answer answer) {}

    private static final class Account {
        private final String id;
        private final String key;
        private final JsonNode request;
        private String status;
        private long authorized;
        private long captured;
        private long refunded;
        private int version = 2;
        private int reads;

        private Account(String id, String key, JsonNode request, String status) {
            this.id = id;
            this.key = key;
            this.request = request;
            this.status = status;
        }

        private long amount() {
            return request.path("amount").path("value").asLong(0);
        }

        private void approve() {
            boolean manual = "manual".equals(request.path("capture").asString(""));
            status = manual ? "authorized" : "captured";
            authorized = amount();
            captured = manual ? 0 : amount();
            version++;
        }

        private String json() {
            return """
            {"id":"%s","object":"payment","status":"%s","money_moved":"%s","amount":%s,
             "authorized":%d,"captured":%d,"refunded":%d,"reference":"%s","version":%d}
            """
                    .formatted(
                            id,
                            status,
                            moved(),
                            request.path("amount"),
                            authorized,
                            captured,
                            refunded,
                            key,
                            version);
        }

        private String moved() {
            return switch (status) {
                case "captured" -> "yes";
                case "authorized" -> "reserved";
                case "declined", "canceled" -> "no";
                default -> "unknown";
            };
        }
    }

    TestBook(Flaw flaw) {
        this.flaw = flaw;
    }

    synchronized int charges() {
        return payments.size();
    }

    synchronized Answer pay(String key, JsonNode body) {
        return replay(key, body).orElseGet(() -> firstPay(key, body));
    }

    synchronized Answer operate(String key, String id, String kind, JsonNode body) {
        return replay(key, body).orElseGet(() -> firstOperation(key, id, kind, body));
    }

    synchronized Answer read(String id) {
        var account = payments.get(id);
        if (account == null) {
            return missing();
        }
        boolean due = ++account.reads >= READS_UNTIL_FINAL && flaw != Flaw.NEVER_FINAL;
        if ("unknown".equals(account.status) && due) {
            account.approve();
        }
        return new Answer(200, account.json(), false);
    }

    synchronized Answer byKey(String key) {
        var id = ids.get(key);
        return id == null ? missing() : read(id);
    }

    Answer events(String id) {
        return new Answer(
                200,
                """
                {"object":"list","data":[{"id":"evt_%s","type":"payment.processing","sequence":1,
                 "status":"processing","created_at":"2026-11-24T02:00:00.123Z"}],
                 "has_more":false,"next_cursor":null}
                """
                        .formatted(id),
                false);
    }

    private Answer firstPay(String key, JsonNode body) {
        var id = "pay_e%d".formatted(payments.size() + 1);
        var card = body.path("payment_method").path("card").path("number").asString("");
        var account = new Account(id, key, body, "unknown");
        payments.put(id, account);
        ids.put(key, id);
        if (SandboxCard.named(card).faulty()) {
            return new Answer(202, account.json(), false);
        }
        if (card.endsWith("0002")) {
            account.status = "declined";
            return keep(key, body, problem(402, "card_declined", "new_key", account.json()));
        }
        account.approve();
        return keep(key, body, new Answer(201, account.json(), false));
    }

    private Answer firstOperation(String key, String id, String kind, JsonNode body) {
        var account = Objects.requireNonNull(payments.get(id));
        long amount = body.path("amount").path("value").asLong(account.amount());
        long left =
                switch (kind) {
                    case "refunds" -> account.captured - account.refunded;
                    case "captures" -> account.authorized - account.captured;
                    default -> account.amount();
                };
        if (amount > left && flaw != Flaw.REFUNDS_UNBOUNDED) {
            return problem(422, "amount_exceeds_refundable", "never", "null");
        }
        switch (kind) {
            case "refunds" -> account.refunded += amount;
            case "captures" -> {
                account.captured += amount;
                account.status = "captured";
            }
            default -> account.status = "canceled";
        }
        account.version++;
        return keep(key, body, new Answer(201, operation(id, kind, account.version), false));
    }

    private static String operation(String id, String kind, int version) {
        return """
        {"id":"x_%s","object":"%s","payment":"%s","status":"succeeded","money_moved":"yes",
         "version":%d}
        """
                .formatted(kind, kind.substring(0, kind.length() - 1), id, version);
    }

    private Optional<Answer> replay(String key, JsonNode body) {
        var stored = answers.get(key);
        if (flaw == Flaw.IDEMPOTENCY_OFF || stored == null) {
            return Optional.empty();
        }
        return Optional.of(
                stored.request().equals(body.toString())
                        ? new Answer(stored.answer().status(), stored.answer().body(), true)
                        : problem(422, "idempotency_key_reused", "never", "null"));
    }

    private Answer keep(String key, JsonNode body, Answer answer) {
        answers.put(key, new Stored(body.toString(), answer));
        return answer;
    }

    private static Answer missing() {
        return problem(404, "not_found", "never", "null");
    }

    private static Answer problem(int status, String code, String retry, String payment) {
        return new Answer(
                status,
                """
                {"status":%d,"code":"%s","money_moved":"no","retry":"%s","payment":%s}
                """
                        .formatted(status, code, retry, payment),
                false);
    }
}
