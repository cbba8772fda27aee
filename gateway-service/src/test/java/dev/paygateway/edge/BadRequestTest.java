package dev.paygateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Goal: whatever is wrong with a request is said in words that name the field, and has no effect.
 *
 * <p>Method: one good body, broken in one place at a time; store and acquirer are counted after.
 */
class BadRequestTest {
    private static final String VALUE = "\"value\":1099";
    private static final String CARD = "4242424242424242";

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
        return Stream.of(
                swap(VALUE, "\"value\":10.99", 400, "invalid_request", "amount.value"),
                swap(VALUE, "\"value\":1e3", 400, "invalid_request", "amount.value"),
                swap(VALUE, "\"value\":\"1099\"", 400, "invalid_request", "amount.value"),
                swap(VALUE, "\"value\":\"\u0661\u0660\"", 400, "invalid_request", "amount.value"),
                swap(VALUE, "\"value\":-1", 400, "invalid_request", "amount.value"),
                swap(VALUE, "\"value\":0", 400, "invalid_request", "amount.value"),
                swap(VALUE, "\"value\":null", 400, "invalid_request", "amount.value"),
                swap(VALUE, "\"value\":1000000000000", 400, "invalid_request", "amount.value"),
                swap(
                        VALUE,
                        "\"value\":18446744073709551617",
                        400,
                        "invalid_request",
                        "amount.value"),
                swap(VALUE, "\"value\":01099", 400, "invalid_json", ""),
                swap(VALUE, "\"value\":\u0661\u0660", 400, "invalid_json", ""),
                swap(VALUE, "\"value\":NaN", 400, "invalid_json", ""),
                swap(VALUE, VALUE + "," + VALUE, 400, "invalid_json", ""),
                swap("\"EUR\"", "\"EUX\"", 422, "unsupported_currency", "amount.currency"),
                swap("\"EUR\"", "\"eur\"", 422, "unsupported_currency", "amount.currency"),
                swap("\"EUR\"", "\"XAU\"", 422, "unsupported_currency", "amount.currency"),
                swap("\"EUR\"", "978", 400, "invalid_request", "amount.currency"),
                swap(
                        "\"EUR\"",
                        "\"JPY\",\"display\":\"10.99\"",
                        422,
                        "amount_mismatch",
                        "amount.display"),
                swap(
                        "\"EUR\"",
                        "\"EUR\",\"display\":\"10,99\"",
                        422,
                        "amount_mismatch",
                        "amount.display"),
                swap("\"EUR\"", "\"EUR\",\"exponent\":2", 400, "unknown_field", "amount.exponent"),
                swap(
                        "\"capture\"",
                        "\"status\":\"captured\",\"capture\"",
                        400,
                        "unknown_field",
                        "status"),
                swap("\"automatic\"", "\"maybe\"", 400, "invalid_request", "capture"),
                swap("\"automatic\"", "true", 400, "invalid_request", "capture"),
                swap("4242\",", "4241\",", 422, "invalid_card", "payment_method.card.number"),
                swap(
                        CARD,
                        "4242 4242 4242 4242",
                        422,
                        "invalid_card",
                        "payment_method.card.number"),
                swap(
                        CARD,
                        "\u0664242424242424242",
                        422,
                        "invalid_card",
                        "payment_method.card.number"),
                swap(
                        "\"" + CARD + "\"",
                        CARD,
                        400,
                        "invalid_request",
                        "payment_method.card.number"),
                swap(
                        CARD,
                        "4000000000043184",
                        422,
                        "no_such_feature",
                        "payment_method.card.number"),
                swap(
                        CARD,
                        "4000000000000259",
                        422,
                        "no_such_feature",
                        "payment_method.card.number"),
                swap("2030", "2020", 422, "invalid_card", "payment_method.card.exp_year"),
                swap("2030", "2100", 422, "invalid_card", "payment_method.card.exp_year"),
                swap("2030", "30.5", 400, "invalid_request", "payment_method.card.exp_year"),
                swap(
                        "\"exp_month\":12",
                        "\"exp_month\":13",
                        400,
                        "invalid_request",
                        "payment_method.card.exp_month"),
                swap("\"123\"", "\"12\"", 422, "invalid_card", "payment_method.card.cvc"),
                swap(
                        "\"card\":{",
                        "\"token\":\"pm_1\",\"card\":{",
                        422,
                        "no_such_feature",
                        "payment_method.token"),
                swap("\"cvc\"", "\"pin\"", 400, "unknown_field", "payment_method.card.pin"),
                swap("order-1", "", 400, "invalid_request", "reference"),
                swap("order-1", " order-1", 400, "invalid_request", "reference"),
                swap("order-1", "x".repeat(101), 400, "invalid_request", "reference"),
                swap("order-1", "a\\u0000b", 400, "invalid_request", "reference"),
                swap("order-1", "a\\ud800b", 400, "invalid_request", "reference"),
                swap("order-1", "n " + CARD, 422, "pan_in_metadata", "reference"),
                more(
                        "\"metadata\":{\"a\":\"4242 4242-4242.4242\"}",
                        422,
                        "pan_in_metadata",
                        "metadata"),
                more("\"metadata\":{\"" + CARD + "\":\"x\"}", 422, "pan_in_metadata", "metadata"),
                more(
                        "\"metadata\":{\"a\":\"" + CARD + " 12 2030\"}",
                        422,
                        "pan_in_metadata",
                        "metadata"),
                more("\"metadata\":{\"a\":1}", 400, "invalid_request", "metadata"),
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
                more("\"return_url\":\"https://shop\"", 422, "no_such_feature", "return_url"),
                more("\"on_unknown\":\"hope\"", 400, "invalid_request", "on_unknown"),
                more("\"unknown_deadline_s\":0", 400, "invalid_request", "unknown_deadline_s"),
                more("\"unknown_deadline_s\":259201", 400, "invalid_request", "unknown_deadline_s"),
                more("\"unique_reference\":\"no\"", 400, "invalid_request", "unique_reference"),
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
    @MethodSource("mistakes")
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

    @Test
    void acceptsNumbersThatAreNoCardNumbers() {
        var metadata =
                ",\"metadata\":{\"phone\":\"+49 30 1234567\",\"order\":\"1234567890123456\"}";
        var body = Bodies.pay("4242", "automatic", metadata);
        assertThat(client.post("/v1/payments", body).status()).isEqualTo(201);
    }
}
