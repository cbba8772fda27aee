package dev.paygateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.edge.Client.Answer;
import dev.paygateway.payment.Decline;
import dev.paygateway.payment.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Brings each operation to each of its answers. */
final class Provocations {
    private static final String PAYMENTS = "/v1/payments";
    private static final String UNKNOWN_ID = PAYMENTS + "/pay_e" + "0".repeat(32);

    private final World world;
    private final Client client;

    Provocations(World world) {
        this.world = world;
        this.client = world.client("m_demo1");
    }

    private record Post(String path, String body) {}

    private Stream<Post> changes() {
        return Stream.of(
                new Post(held() + "/captures", "{}"),
                new Post(held() + "/voids", "{}"),
                new Post(paid() + "/refunds", Bodies.amount(1)));
    }

    private Stream<Post> posts() {
        return Stream.concat(Stream.of(new Post(PAYMENTS, Bodies.pay("4242"))), changes());
    }

    private Stream<String> reads() {
        var paid = client.post(PAYMENTS, Bodies.pay("4242"));
        return Stream.of(
                PAYMENTS,
                PAYMENTS + "/" + paid.text("/id"),
                PAYMENTS + "/" + paid.text("/id") + "/events",
                PAYMENTS + "/by-key/" + paid.text("/idempotency_key"),
                PAYMENTS + "/by-reference/" + paid.text("/reference"),
                "/openapi.yaml");
    }

    private String paid() {
        return PAYMENTS + "/" + client.post(PAYMENTS, Bodies.pay("4242")).text("/id");
    }

    private String held() {
        return PAYMENTS + "/" + client.post(PAYMENTS, Bodies.pay("4242", "manual", "")).text("/id");
    }

    private static void expect(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.text("/code")).isEqualTo(code);
    }

    void successes() {
        posts().forEach(post ->
                assertThat(client.post(post.path(), post.body()).status()).isEqualTo(201));
        reads().forEach(path -> assertThat(client.get(path).status()).isEqualTo(200));
        assertThat(client.post(PAYMENTS, Bodies.pay("0504")).status()).isEqualTo(202);
        eachChange(
                new Outcome.Silent("no answer"),
                answer -> assertThat(answer.status()).isEqualTo(202));
    }

    private void eachChange(Outcome outcome, java.util.function.Consumer<Answer> check) {
        var changes = changes().toList();
        world.acquirer().onChange(_ -> outcome);
        changes.forEach(post -> check.accept(client.post(post.path(), post.body())));
        world.acquirer().onChange(approved -> approved);
    }

    void refusedRequests() {
        var json = List.of("Content-Type", "application/json");
        posts().forEach(post -> {
            refusedBody(post);
            expect(
                    client.send("POST", post.path(), post.body(), json),
                    400,
                    "idempotency_key_required");
            expect(client.post(post.path(), "short", post.body()), 400, "idempotency_key_invalid");
        });
        posts().forEach(post -> unauthorized(guest -> guest.post(post.path(), post.body())));
        reads().forEach(path -> {
            unauthorized(guest -> guest.get(path));
            expect(client.get(path + "?nonsense=1"), 400, "invalid_request");
        });
        expect(client.get("/v1/nothing"), 404, "not_found");
        expect(client.send("DELETE", PAYMENTS, "", List.of()), 405, "method_not_allowed");
        expect(world.client("m_x").holding("").get("/v1/nothing"), 401, "unauthenticated");
        expect(world.client("m_x").holding(client.token()).get("/"), 401, "certificate_mismatch");
    }

    private void refusedBody(Post post) {
        expect(client.post(post.path(), "{"), 400, "invalid_json");
        expect(client.post(post.path(), "{\"status\":1}"), 400, "unknown_field");
        expect(client.post(post.path(), " ".repeat(70_000)), 413, "too_large");
        var text = List.of("Content-Type", "text/plain", "Idempotency-Key", Client.newKey());
        expect(client.send("POST", post.path(), "x", text), 415, "unsupported_media_type");
        if (!post.path().endsWith("/voids")) {
            expect(client.post(post.path(), Bodies.amount(0)), 400, "invalid_request");
        }
    }

    private void unauthorized(Function<Client, Answer> request) {
        var guest = world.client("m_guest");
        expect(request.apply(guest.holding("")), 401, "unauthenticated");
        expect(request.apply(guest.holding(client.token())), 401, "certificate_mismatch");
        var answer = request.apply(guest.holding(claims -> claims.claim("scope", "ops:read")));
        if (answer.status() != 200) { // only the document needs no scope
            expect(answer, 403, "scope_missing");
        }
    }

    void refusedPayments() {
        expect(client.post(PAYMENTS, Bodies.pay("0002")), 402, "card_declined");
        expect(client.post(PAYMENTS, Bodies.pay("9995")), 402, "insufficient_funds");
        expect(client.post(PAYMENTS, Bodies.pay("0069")), 402, "expired_card");
        expect(client.post(PAYMENTS, Bodies.pay("0127")), 402, "incorrect_cvc");
        expect(client.post(PAYMENTS, Bodies.pay("0501")), 402, "not_processed");
        var key = Client.newKey();
        var body = Bodies.pay("0504", "automatic", ",\"on_unknown\":\"reverse\"");
        assertThat(client.post(PAYMENTS, key, body).status()).isEqualTo(202);
        world.time().advance(Duration.ofSeconds(20));
        recover();
        expect(client.post(PAYMENTS, key, body), 402, "reversed");
    }

    private void recover() {
        for (var operation : world.store().due(world.time().now(), 100)) {
            world.store()
                    .lease(operation, "test", world.time().now(), Duration.ofSeconds(30))
                    .ifPresent(world.gateway()::recover);
        }
    }

    void refusedChanges() {
        var decline = new Decline("invalid_state", Optional.empty(), Decline.Advice.DO_NOT_RETRY);
        eachChange(
                new Outcome.Refused(decline, false),
                answer -> expect(answer, 402, "operation_declined"));
        eachChange(new Outcome.Unsent("refused"), answer -> expect(answer, 402, "not_processed"));
        for (var change : List.of("/captures", "/voids", "/refunds")) {
            var body = change.equals("/refunds") ? Bodies.amount(1) : "{}";
            expect(client.post(UNKNOWN_ID + change, body), 404, "not_found");
        }
        expect(client.get(UNKNOWN_ID), 404, "not_found");
        expect(client.get(UNKNOWN_ID + "/events"), 404, "not_found");
        expect(client.get(PAYMENTS + "/by-key/" + Client.newKey()), 404, "not_found");
        expect(client.get(PAYMENTS + "/by-reference/none"), 404, "not_found");
    }

    void conflicts() {
        posts().forEach(post -> {
            var key = Client.newKey();
            client.post(post.path(), key, post.body());
            world.store().setLagging(true);
            var fresh = post.path().equals(PAYMENTS) ? post : freshFor(post);
            expect(client.post(fresh.path(), key, fresh.body()), 409, "idempotency_in_progress");
            world.store().setLagging(false);
        });
        expect(client.post(paid() + "/captures", "{}"), 409, "invalid_state");
        expect(client.post(paid() + "/voids", "{}"), 409, "invalid_state");
        expect(client.post(held() + "/refunds", Bodies.amount(1)), 409, "invalid_state");
        for (var change : List.of("/captures", "/voids")) {
            var held = held();
            world.acquirer().onChange(_ -> new Outcome.Silent("no answer"));
            client.post(held + change, "{}");
            expect(client.post(held + change, "{}"), 409, "payment_busy");
            world.acquirer().onChange(approved -> approved);
        }
        expect(
                client.post(
                        paid() + "/refunds",
                        Bodies.amount(1).replaceFirst("}$", ",\"expected_refundable\":5}")),
                412,
                "refundable_changed");
    }

    /** The same kind of change on a payment that still allows it. */
    private Post freshFor(Post post) {
        var change = post.path().substring(post.path().lastIndexOf('/'));
        world.store().setLagging(false);
        var payment = change.equals("/refunds") ? paid() : held();
        world.store().setLagging(true);
        return new Post(payment + change, post.body());
    }

    void unprocessable() {
        posts().forEach(post -> {
            var key = Client.newKey();
            client.post(post.path(), key, post.body());
            var other = post.path().equals(PAYMENTS) ? Bodies.pay("0002") : post.body();
            var path = post.path().equals(PAYMENTS) ? PAYMENTS : freshPath(post);
            expect(client.post(path, key, other), 422, "idempotency_key_reused");
        });
        changes().filter(post -> !post.path().endsWith("/voids")).forEach(this::wrongAmounts);
        wrongAmounts(new Post(PAYMENTS, Bodies.pay("4242")));
        expect(
                client.post(held() + "/captures", Bodies.amount(1_100)),
                422,
                "amount_exceeds_capturable");
        expect(
                client.post(paid() + "/refunds", Bodies.amount(1_100)),
                422,
                "amount_exceeds_refundable");
        refusedContents();
        notBuilt();
    }

    /** What the API promises and does not do yet. */
    private void notBuilt() {
        posts().forEach(post ->
                expect(
                        client.post(post.path(), Client.newKey(), post.body(), "If-Match", "\"2\""),
                        422,
                        "no_such_feature"));
        reads().filter(path -> path.startsWith(PAYMENTS) && !path.endsWith("/events"))
                .forEach(path -> expect(client.get(path + "?expand=x"), 422, "no_such_feature"));
        expect(client.get("/v1/refunds"), 422, "no_such_feature");
    }

    private void refusedContents() {
        var reference = Bodies.newReference();
        client.post(PAYMENTS, Bodies.pay("4242", "automatic", reference, ""));
        expect(
                client.post(PAYMENTS, Bodies.pay("4242", "automatic", reference, "")),
                422,
                "duplicate_reference");
        expect(client.post(PAYMENTS, Bodies.pay("3184")), 422, "no_such_feature");
        expect(
                client.post(
                        PAYMENTS,
                        Bodies.pay("4242").replace("4242424242424242", "4242424242424241")),
                422,
                "invalid_card");
        expect(
                client.post(PAYMENTS, Bodies.pay("4242", "automatic", Bodies.CARD, "")),
                422,
                "pan_in_metadata");
        expect(
                client.post(
                        paid() + "/refunds",
                        Bodies.amount(1)
                                .replaceFirst("}$", ",\"reason\":\"" + Bodies.CARD + "\"}")),
                422,
                "pan_in_metadata");
    }

    private String freshPath(Post post) {
        var change = post.path().substring(post.path().lastIndexOf('/'));
        return (change.equals("/refunds") ? paid() : held()) + change;
    }

    private void wrongAmounts(Post post) {
        var amount = "\"value\":1,\"currency\":\"EUR\"";
        var body =
                post.path().equals(PAYMENTS)
                        ? post.body().replace("\"value\":1099,\"currency\":\"EUR\"", amount)
                        : Bodies.amount(1);
        var wrong = body.replace(amount, amount + ",\"display\":\"1\"");
        expect(client.post(post.path(), wrong), 422, "amount_mismatch");
        var foreign = body.replace("EUR", "XAU");
        expect(client.post(post.path(), foreign), 422, "unsupported_currency");
    }

    void outages() {
        var posts = posts().toList();
        var reads = reads().filter(path -> path.startsWith(PAYMENTS)).toList();
        world.store().setDown(true);
        posts.forEach(
                post -> expect(client.post(post.path(), post.body()), 503, "database_unavailable"));
        reads.forEach(path -> expect(client.get(path), 503, "database_unavailable"));
        world.store().setDown(false);
        world.setDraining(true);
        posts.forEach(post -> expect(client.post(post.path(), post.body()), 503, "draining"));
        world.setDraining(false);
        world.setFenced(true);
        posts.forEach(
                post -> expect(client.post(post.path(), post.body()), 503, "database_unavailable"));
        world.setFenced(false);
        world.acquirer().setReachable(false);
        posts.forEach(post -> expect(client.post(post.path(), post.body()), 503, "no_route"));
        world.acquirer().setReachable(true);
        malformed();
    }

    private void malformed() {
        try (var bad = new RawConnection(world.port(), client);
                var large = new RawConnection(world.port(), client)) {
            bad.send("GET /v1/pay ments HTTP/1.1\r\nHost: x\r\n\r\n");
            judge(bad.answer(), 400, "invalid_request");
            large.send("GET / HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(20_000) + "\r\n\r\n");
            judge(large.answer(), 431, "headers_too_large");
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }

    private static void judge(Answer answer, int status, String code) {
        Contract.hold("GET", "/", answer);
        expect(answer, status, code);
    }
}
