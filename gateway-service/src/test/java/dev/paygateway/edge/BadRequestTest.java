package dev.paygateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Goal: whatever is wrong with a request is said in words that name the field, and has no effect.
 *
 * <p>Method: one good body, broken in one place at a time; store and acquirer are counted after.
 */
class BadRequestTest {
    private static final String CARD = "4242424242424242";

    private static final String MISTAKES =
            """
            "value":1099 | "value":10.99 | 400 | invalid_request | amount.value
            "value":1099 | "value":1e3 | 400 | invalid_request | amount.value
            "value":1099 | "value":"1099" | 400 | invalid_request | amount.value
            "value":1099 | "value":"\u0661\u0660" | 400 | invalid_request | amount.value
            "value":1099 | "value":-1 | 400 | invalid_request | amount.value
            "value":1099 | "value":0 | 400 | invalid_request | amount.value
            "value":1099 | "value":null | 400 | invalid_request | amount.value
            "value":1099 | "value":1000000000000 | 400 | invalid_request | amount.value
            "value":1099 | "value":18446744073709551617 | 400 | invalid_request | amount.value
            "value":1099 | "value":01099 | 400 | invalid_json | -
            "value":1099 | "value":\u0661\u0660 | 400 | invalid_json | -
            "value":1099 | "value":NaN | 400 | invalid_json | -
            "value":1099 | "value":1099,"value":1099 | 400 | invalid_json | -
            "EUR" | "EUX" | 422 | unsupported_currency | amount.currency
            "EUR" | "eur" | 422 | unsupported_currency | amount.currency
            "EUR" | "XAU" | 422 | unsupported_currency | amount.currency
            "EUR" | 978 | 400 | invalid_request | amount.currency
            "EUR" | "JPY","display":"10.99" | 422 | amount_mismatch | amount.display
            "EUR" | "EUR","display":"10,99" | 422 | amount_mismatch | amount.display
            "EUR" | "EUR","exponent":2 | 400 | unknown_field | amount.exponent
            "capture" | "status":"captured","capture" | 400 | unknown_field | status
            "automatic" | "maybe" | 400 | invalid_request | capture
            "automatic" | true | 400 | invalid_request | capture
            4242", | 4241", | 422 | invalid_card | payment_method.card.number
            4242424242424242 | 4242 4242 4242 4242 | 422 | invalid_card | payment_method.card.number
            4242424242424242 | \u0664242424242424242 | 422 | invalid_card | payment_method.card.number
            "4242424242424242" | 4242424242424242 | 400 | invalid_request | payment_method.card.number
            4242424242424242 | 4000000000043184 | 422 | no_such_feature | payment_method.card.number
            4242424242424242 | 4000000000000259 | 422 | no_such_feature | payment_method.card.number
            2030 | 2020 | 422 | invalid_card | payment_method.card.exp_year
            2030 | 2100 | 422 | invalid_card | payment_method.card.exp_year
            2030 | 30.5 | 400 | invalid_request | payment_method.card.exp_year
            "exp_month":12 | "exp_month":13 | 400 | invalid_request | payment_method.card.exp_month
            "123" | "12" | 422 | invalid_card | payment_method.card.cvc
            "card":{ | "token":"pm_1","card":{ | 422 | no_such_feature | payment_method.token
            "cvc" | "pin" | 400 | unknown_field | payment_method.card.pin
            order-1 | (nothing) | 400 | invalid_request | reference
            order-1 | a\\u0000b | 400 | invalid_request | reference
            order-1 | a\\ud800b | 400 | invalid_request | reference
            order-1 | n 4242424242424242 | 422 | pan_in_metadata | reference
            (more) | "metadata":{"a":"4242 4242-4242.4242"} | 422 | pan_in_metadata | metadata
            (more) | "metadata":{"4242424242424242":"x"} | 422 | pan_in_metadata | metadata
            (more) | "metadata":{"a":"4242424242424242 12 2030"} | 422 | pan_in_metadata | metadata
            (more) | "metadata":{"a":"14242424242424242"} | 422 | pan_in_metadata | metadata
            (more) | "metadata":{"a":"4242/4242/4242/4242/00"} | 422 | pan_in_metadata | metadata
            order-1 | o14242424242424242 | 422 | pan_in_metadata | reference
            4242424242424242 | 9792000000000003 | 422 | invalid_card | payment_method.card.number
            (more) | "metadata":{"a":1} | 400 | invalid_request | metadata
            (more) | "return_url":"https://shop" | 422 | no_such_feature | return_url
            (more) | "on_unknown":"hope" | 400 | invalid_request | on_unknown
            (more) | "unknown_deadline_s":0 | 400 | invalid_request | unknown_deadline_s
            (more) | "unknown_deadline_s":259201 | 400 | invalid_request | unknown_deadline_s
            (more) | "unique_reference":"no" | 400 | invalid_request | unique_reference
            """;

    private static World world;
    private static Client client;

    @BeforeAll
    static void start() {
        world = World.roomy();
        client = world.client("m_demo1");
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    static Stream<Arguments> mistakes() {
        return MISTAKES.lines().map(line -> line.split(" +[|] +", -1)).map(BadRequestTest::mistake);
    }

    /** What is right, what is sent instead, and the answer. */
    private static Arguments mistake(String... row) {
        var body =
                row[0].equals("(more)")
                        ? good("," + row[1])
                        : good("").replace(row[0], row[1].equals("(nothing)") ? "" : row[1]);
        assertThat(body).as(row[0]).isNotEqualTo(good(""));
        return Arguments.of(
                body, Integer.parseInt(row[2]), row[3], row[4].equals("-") ? "" : row[4]);
    }

    static Stream<Arguments> oversizes() {
        return Stream.of(
                swap("order-1", " order-1", 400, "invalid_request", "reference"),
                swap("order-1", "x".repeat(101), 400, "invalid_request", "reference"),
                more(
                        "\"metadata\":{\"" + "k".repeat(41) + "\":\"x\"}",
                        400,
                        "invalid_request",
                        "metadata"),
                more(
                        "\"metadata\":{\"a\":\"" + "v".repeat(501) + "\"}",
                        400,
                        "invalid_request",
                        "metadata"),
                more("\"metadata\":" + manyKeys(), 400, "invalid_request", "metadata"),
                whole("", 400, "invalid_json"),
                whole("[]", 400, "invalid_json"),
                whole("{", 400, "invalid_json"),
                whole("{} {}", 400, "invalid_json"),
                whole("[".repeat(10_000), 400, "invalid_json"),
                whole("{\"amount\":" + "{\"a\":".repeat(10_000), 400, "invalid_json"),
                whole("{\"metadata\":\"" + "x".repeat(1_000_000) + "\"}", 413, "too_large"));
    }

    private static Arguments swap(
            String right, String wrong, int status, String code, String param) {
        var good = good("");
        assertThat(good).contains(right);
        return Arguments.of(good.replace(right, wrong), status, code, param);
    }

    private static Arguments more(String member, int status, String code, String param) {
        return Arguments.of(good("," + member), status, code, param);
    }

    private static Arguments whole(String body, int status, String code) {
        return Arguments.of(body, status, code, "");
    }

    private static String good(String more) {
        return Bodies.pay("4242", "automatic", "order-1", more);
    }

    private static String manyKeys() {
        var keys = new StringBuilder("{\"k\":\"v\"");
        for (var i = 0; i < 50; i++) {
            keys.append(",\"k").append(i).append("\":\"v\"");
        }
        return keys.append('}').toString();
    }

    @ParameterizedTest(name = "{index}: {2} at {3}")
    @MethodSource({"mistakes", "oversizes"})
    void isRefusedWithoutEffect(String body, int status, String code, String param) {
        var payments = world.store().all().size();
        var effects = world.acquirer().effects();
        var answer = client.post("/v1/payments", body);
        assertThat(answer.text("/code")).as(answer.body()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text("/param")).isEqualTo(param);
        assertThat(answer.text("/money_moved")).isEqualTo("no");
        assertThat(answer.body()).doesNotContain(CARD).doesNotContain("dev.paygateway.edge");
        assertThat(world.store().all()).hasSize(payments);
        assertThat(world.acquirer().effects()).isEqualTo(effects);
    }

    @Test
    void acceptsTheBodyThatTheMistakesAreMadeIn() {
        assertThat(client.post("/v1/payments", good("")).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {CARD, "4242-4242-4242-4242", "order" + CARD, "0" + CARD + "00"})
    void keepsCardsOutOfKeys(String key) {
        var payments = world.store().all().size();
        var answer = client.post("/v1/payments", key, good(""));
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.text("/code")).isEqualTo("idempotency_key_invalid");
        assertThat(answer.text("/param")).isEqualTo("Idempotency-Key");
        assertThat(answer.body().replaceAll("[^0-9]", "")).doesNotContain(CARD);
        assertThat(world.store().all()).hasSize(payments);
    }

    @ParameterizedTest
    @ValueSource(strings = {CARD, "4242-4242-4242-4242"})
    void echoesNoCard(String key) {
        assertThat(client.post("/v1/payments", key, good("")).header("Idempotency-Key")).isEmpty();
        assertThat(client.get("/v1/payments/by-key/" + key).status()).isEqualTo(404);
    }

    @Test
    void acceptsNumbersThatAreNoCardNumbers() {
        var metadata =
                ",\"metadata\":{\"phone\":\"+49 30 1234567\",\"order\":\"1732940000000000000\"}";
        var body = Bodies.pay("4242", "automatic", metadata);
        assertThat(client.post("/v1/payments", body).status()).isEqualTo(201);
    }
}
