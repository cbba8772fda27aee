package dev.paygateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Goal: what the API promises and does not do yet says so, and is never taken for done.
 *
 * <p>Method: each such address, parameter and header is asked for; neighbours that are built are
 * the control.
 */
class NotBuiltTest {
    private static World world;
    private static Client client;

    @BeforeAll
    static void start() {
        world = World.roomy();
        client = world.client("m_unbuilt");
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static void isNotBuilt(Client.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.text("/code")).isEqualTo("no_such_feature");
        assertThat(answer.text("/money_moved")).isEqualTo("no");
        assertThat(answer.text("/retry")).isEqualTo("never");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/payments/pay_1/operations",
                "GET /v1/payments/pay_1/ledger",
                "POST /v1/payments/pay_1/actions/act_1/complete",
                "POST /v1/payments/pay_1/reversals",
                "POST /v1/reversals",
                "POST /v1/payments/pay_1/adjustments",
                "POST /v1/refunds/ref_1/approve",
                "POST /v1/refunds/ref_1/reject",
                "POST /v1/refunds/ref_1/cancel",
                "GET /v1/refunds",
                "GET /v1/refunds/ref_1",
                "POST /v1/payment_methods",
                "DELETE /v1/payment_methods/pm_1",
                "GET /v1/webhook_endpoints",
                "POST /v1/webhook_endpoints/we_1/rotate_secret",
                "GET /v1/events?after=evt_1",
                "POST /v1/settlement_files",
                "GET /v1/reconciliations/1/exceptions",
                "POST /v1/reports",
                "GET /v1/merchants",
                "POST /v1/api_keys",
                "GET /v1/users",
                "GET /v1/roles",
                "POST /v1/routing_rules",
                "POST /v1/risk_rules",
                "GET /v1/audit_log",
                "GET /v1/ops/unknowns",
                "POST /v1/ops/operations/op_1/inquire",
                "POST /v1/ops/acquirers/amber/drain",
                "POST /v1/ops/leases/rotate",
                "GET /v1/audit/verdict",
                "POST /v1/audit/histories",
                "PUT /v1/test/acquirers/amber/faults",
                "POST /v1/test/clock/advance"
            })
    void anAddressToComeSaysSo(String request) {
        var parts = request.split(" ", 2);
        isNotBuilt(client.send(parts[0], parts[1], "", List.of()));
    }

    @Test
    void whoWantsToReverseHearsWhatThereIsInstead() {
        var answer = client.post("/v1/reversals", "{\"idempotency_key\":\"order-1001-attempt-1\"}");
        isNotBuilt(answer);
        assertThat(answer.text("/detail")).contains("nothing was reversed", "on_unknown");
    }

    @Test
    void aStrangerHearsNothingOfIt() {
        var answer = world.client("m_unbuilt").holding("").get("/v1/ops/unknowns");
        assertThat(answer.status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/nothing", "/v1/payments/pay_1/nothing", "/v1/refunds/ref_1/no"})
    void whatTheApiDoesNotPromiseIsNotFound(String path) {
        assertThat(client.get(path).text("/code")).isEqualTo("not_found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/payments/pay_1?refresh=true",
                "/v1/payments/pay_1?expand=refunds",
                "/v1/payments?expand=refunds",
                "/v1/payments?needs_review=true"
            })
    void aParameterToComeSaysSo(String path) {
        isNotBuilt(client.get(path));
    }

    /** Ignored, it would let through what the merchant wanted stopped. */
    @Test
    void aConditionIsNotIgnored() {
        var held = client.post("/v1/payments", Bodies.pay("4242", "manual", "")).text("/id");
        var path = "/v1/payments/" + held;
        var answer = client.post(path + "/voids", Client.newKey(), "{}", "If-Match", "\"1\"");
        isNotBuilt(answer);
        assertThat(answer.text("/param")).isEqualTo("If-Match");
        assertThat(client.get(path).text("/status")).isEqualTo("authorized");
    }

    /** A merchant's reference may be the name of an address. */
    @Test
    void aReferenceThatIsCalledLikeAnAddressIsStillFound() {
        client.post("/v1/payments", Bodies.pay("4242", "automatic", "adjustments", ""));
        var found = client.get("/v1/payments/by-reference/adjustments");
        assertThat(found.text("/reference")).isEqualTo("adjustments");
    }
}
