package dev.paygateway.client;

import static dev.paygateway.client.ScriptedGateway.json;
import static dev.paygateway.client.ScriptedGateway.payment;
import static dev.paygateway.client.ScriptedGateway.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.MustBeClosed;
import dev.paygateway.client.ScriptedGateway.Heard;
import dev.paygateway.client.ScriptedGateway.Reply;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Goal: whatever the network does, one key leads to one effect, and what is not known is never
 * called refused.
 *
 * <p>Method: two gateways over real mutual TLS answer by script; pauses take no time.
 */
class PaymentsTest {
    private static final IdempotencyKey KEY = IdempotencyKey.of("order-1-attempt-1");
    private static final Card CARD = Card.of("4242424242424242", 12, 2030, "123");
    private static final PaymentRequest REQUEST =
            PaymentRequest.of(Money.of(1_099, "EUR"), "order-1", CARD);
    private static final Reply.Json PAID = json(201, payment("captured", "yes", 2));
    private static final Duration TRY = Duration.ofMillis(300);

    @TempDir private Path folder;

    private final QuickPace pace = new QuickPace();
    private TestAuthority authority;
    private ScriptedGateway east;
    private ScriptedGateway north;

    @BeforeEach
    @SuppressWarnings("MustBeClosed") // closed after each
    void start() {
        authority = new TestAuthority(folder);
        east = new ScriptedGateway(authority.context());
        north = new ScriptedGateway(authority.context());
    }

    @AfterEach
    void stop() {
        east.close();
        north.close();
    }

    static Stream<Arguments> answersThatLeaveItOpen() {
        return Stream.of(
                Arguments.of("5xx", json(500, "oops")),
                Arguments.of("5xx that says no", problem(503, "draining", "no", "same_key")),
                Arguments.of("no answer", new Reply.Hang()),
                Arguments.of("trickling answer", new Reply.Trickle()),
                Arguments.of("reset", new Reply.Reset()),
                Arguments.of("unreadable", json(201, "{\"id\":\"pay_e1\",")),
                Arguments.of("empty", json(200, "")),
                Arguments.of("a proxy's page", json(404, "<html>not here</html>")),
                Arguments.of("redirect", json(302, "")),
                Arguments.of(
                        "2xx without money_moved",
                        json(
                                201,
                                "{\"id\":\"pay_e1\",\"object\":\"payment\","
                                        + "\"status\":\"captured\"}")),
                Arguments.of(
                        "4xx without money_moved",
                        json(402, "{\"code\":\"card_declined\",\"retry\":\"new_key\"}")),
                Arguments.of(
                        "twin at work", problem(409, "idempotency_in_progress", "no", "same_key")),
                Arguments.of(
                        "token of a new key", problem(401, "unauthenticated", "no", "same_key")),
                Arguments.of("money unknown", problem(409, "odd", "unknown", "never")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answersThatLeaveItOpen")
    void isRepeatedWithTheSameKeyAndBytes(String name, Reply first) {
        east.replies(first, PAID);
        north.replies(PAID);

        var result = call(payments -> payments.pay(REQUEST, KEY), east, north);

        assertThat(result).as(name).isInstanceOf(PaymentResult.Approved.class);
        assertThat(result.tries()).isEqualTo(2);
        assertThat(result.moneyMoved()).isEqualTo(MoneyMoved.YES);
        assertThat(allHeard()).extracting(Heard::key).containsOnly(Optional.of(KEY.value()));
        assertThat(allHeard().stream().map(Heard::body).distinct()).hasSize(1);
    }

    static Stream<Arguments> answersThatEndIt() {
        return Stream.of(
                Arguments.of(problem(400, "invalid_request", "no", "same_key"), "Refused"),
                Arguments.of(problem(401, "unauthenticated", "no", "never"), "Refused"),
                Arguments.of(problem(409, "invalid_state", "no", "after_action"), "Refused"),
                Arguments.of(problem(412, "refundable_changed", "no", "new_key"), "Refused"),
                Arguments.of(problem(422, "idempotency_key_reused", "no", "never"), "Refused"),
                Arguments.of(problem(402, "card_declined", "no", "new_key"), "Declined"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answersThatEndIt")
    void isNotRepeatedOnceItIsRefusedForGood(Reply answer, String kind) {
        east.replies(answer);
        north.replies(PAID);

        var result = call(payments -> payments.pay(REQUEST, KEY), east, north);

        assertThat(result.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(result.moneyMoved()).isEqualTo(MoneyMoved.NO);
        assertThat(allHeard()).hasSize(1);
    }

    @Test
    void doesNotTakeARefusalForTheFateOfAnEarlierTry() {
        east.replies(new Reply.Reset());
        north.replies(problem(401, "unauthenticated", "no", "never"));

        var result = call(payments -> payments.pay(REQUEST, KEY), east, north);

        assertThat(result).isInstanceOf(PaymentResult.Refused.class);
        assertThat(result.moneyMoved()).isEqualTo(MoneyMoved.UNKNOWN);
    }

    @Test
    void staysUnknownIfATryMayHaveArrived() {
        east.replies(new Reply.Reset(), problem(503, "draining", "no", "same_key"));

        var result = call(payments -> payments.pay(REQUEST, KEY), east);

        assertThat(allHeard()).extracting(Heard::inDoubt).startsWith(false, true);
        assertThat(result).isInstanceOf(PaymentResult.Unreachable.class);
        assertThat(result.moneyMoved()).isEqualTo(MoneyMoved.UNKNOWN);
    }

    @Test
    void knowsThatNothingMovedIfNoTryCouldLeave() {
        east.close();
        north.close();

        var result = call(payments -> payments.pay(REQUEST, KEY), east, north);

        assertThat(result).isInstanceOf(PaymentResult.Unreachable.class);
        assertThat(result.moneyMoved()).isEqualTo(MoneyMoved.NO);
    }

    @Test
    void endsWithinItsBound() {
        east.replies(json(500, "oops"));

        var result = call(payments -> payments.pay(REQUEST, KEY), east);

        assertThat(result).isInstanceOf(PaymentResult.Unreachable.class);
        assertThat(Duration.ofNanos(pace.nanos()))
                .isBetween(Duration.ofSeconds(25), ClientSettings.TOTAL_TIMEOUT);
    }

    @Test
    void endsIfItOversleptItsBound() {
        east.replies(new Reply.Reset());
        pace.oversleep(Duration.ofMinutes(1));

        var result = call(payments -> payments.pay(REQUEST, KEY), east);

        assertThat(result).isInstanceOf(PaymentResult.Unreachable.class);
        assertThat(result.tries()).isEqualTo(1);
    }

    @Test
    void waitsAsLongAsItIsTold() {
        east.replies(
                problem(503, "database_unavailable", "no", "same_key").with("Retry-After", "7"),
                PAID);

        call(payments -> payments.pay(REQUEST, KEY), east);

        assertThat(pace.pauses()).containsExactly(Duration.ofSeconds(7));
    }

    @Test
    void doesNotBeginWhatItCannotFinishInTime() {
        east.replies(
                problem(503, "database_unavailable", "no", "same_key").with("Retry-After", "31"),
                PAID);

        var result = call(payments -> payments.pay(REQUEST, KEY), east);

        assertThat(result).isInstanceOf(PaymentResult.Unreachable.class);
        assertThat(pace.pauses()).isEmpty();
    }

    @Test
    void turnsToTheNextAddressAtOnceIfOneIsDead() {
        east.close();
        north.replies(PAID);

        var result = call(payments -> payments.pay(REQUEST, KEY), east, north);

        assertThat(result).isInstanceOf(PaymentResult.Approved.class);
        assertThat(pace.pauses()).containsExactly(Duration.ZERO);
    }

    @Test
    void remembersTheAddressThatAnswers() {
        east.close();
        north.replies(PAID);
        try (var client = client(east, north)) {
            client.payments().pay(REQUEST, KEY);

            assertThat(client.payments().pay(REQUEST, KEY).tries()).isEqualTo(1);
        }
    }

    @Test
    void readsAnAcceptedPaymentUntilItIsFinal() {
        east.replies(
                json(202, payment("processing", "unknown", 1)),
                json(200, payment("unknown", "unknown", 2)),
                new Reply.Reset());
        north.replies(json(200, payment("captured", "yes", 3)));

        var result = call(payments -> payments.pay(REQUEST, KEY), east, north);

        assertThat(result).isInstanceOf(PaymentResult.Approved.class);
        assertThat(result.payment().map(Payment::version)).contains(3L);
        assertThat(allHeard())
                .extracting(Heard::method)
                .containsExactly("POST", "GET", "GET", "GET");
    }

    @Test
    void tellsAPaymentThatEndedUnchargedFromADecline() {
        east.replies(
                json(202, payment("unknown", "unknown", 2)), json(200, payment("failed", "no", 3)));

        var result = call(payments -> payments.pay(REQUEST, KEY), east);

        assertThat(result)
                .isInstanceOfSatisfying(
                        PaymentResult.Declined.class,
                        declined ->
                                assertThat(declined.problem().code()).isEqualTo("not_processed"));
    }

    @Test
    void staysPendingIfItDoesNotEndInTime() {
        east.replies(
                json(202, payment("unknown", "unknown", 2)),
                json(200, payment("unknown", "unknown", 2)));

        var result = call(payments -> payments.pay(REQUEST, KEY), east);

        assertThat(result).isInstanceOf(PaymentResult.Pending.class);
        assertThat(result.moneyMoved()).isEqualTo(MoneyMoved.UNKNOWN);
    }

    @Test
    void asksForAnAcceptedRefundByItsKey() {
        east.replies(
                json(202, payment("captured", "yes", 3)),
                json(
                        201,
                        """
                        {"id":"ref_e1","object":"refund","payment":"pay_e1","status":"succeeded",
                         "amount":{"value":500,"currency":"EUR"}}
                        """));

        var result =
                call(
                        payments ->
                                payments.refund(
                                        "pay_e1", RefundRequest.of(Money.of(500, "EUR")), KEY),
                        east);

        assertThat(result)
                .isInstanceOfSatisfying(
                        PaymentResult.Approved.class,
                        approved ->
                                assertThat(approved.operation().map(Operation::id))
                                        .contains("ref_e1"));
        assertThat(allHeard()).extracting(Heard::path).containsOnly("/v1/payments/pay_e1/refunds");
        assertThat(allHeard()).hasSize(2);
    }

    @Test
    void givesATryTheTimeItAsksTheGatewayFor() {
        east.replies(PAID);
        try (var client = client(east)) {
            client.payments(CallOptions.standard().waitingUpTo(Duration.ofSeconds(5)))
                    .pay(REQUEST, KEY);
        }
        assertThat(allHeard()).extracting(Heard::prefer).containsOnly(Optional.of("wait=5"));
    }

    @Test
    void usesItsConnectionsAgain() {
        east.replies(PAID);
        try (var client = client(east)) {
            for (int call = 0; call < 20; call++) {
                client.payments().pay(REQUEST, KEY);
            }
        }
        assertThat(allHeard().stream().map(Heard::clientPort).distinct()).hasSize(1);
    }

    @Test
    void sendsNothingToAServerOfAnotherAuthority() {
        var stranger = new TestAuthority(folder.resolve("stranger"));
        try (var other = new ScriptedGateway(stranger.context())) {
            other.replies(PAID);

            var result = call(payments -> payments.pay(REQUEST, KEY), other);

            assertThat(result).isInstanceOf(PaymentResult.Unreachable.class);
            assertThat(result.moneyMoved()).isEqualTo(MoneyMoved.NO);
            assertThat(other.heard()).isEmpty();
        }
    }

    @Test
    void tellsItsListenerOfEveryTryBeforeAndAfterAndNeverOfTheCard() {
        east.replies(new Reply.Reset());
        north.replies(PAID);
        var told = new ArrayList<String>();
        var listener =
                new ExchangeListener() {
                    @Override
                    public void sending(Attempt attempt) {
                        told.add("sending %s heard %d".formatted(attempt, allHeard().size()));
                    }

                    @Override
                    public void ended(Attempt attempt, Exchange exchange) {
                        told.add("ended %d %s".formatted(attempt.number(), exchange));
                    }
                };
        try (var client = client(east, north)) {
            client.payments(CallOptions.standard().heardBy(listener)).pay(REQUEST, KEY);
        }

        assertThat(told).hasSize(4);
        assertThat(told.get(0)).startsWith("sending").endsWith("heard 0").contains("order-1");
        assertThat(told.get(1)).startsWith("ended 1").contains("reset");
        assertThat(told.get(2)).startsWith("sending").endsWith("heard 1");
        assertThat(told.get(3)).startsWith("ended 2").contains("status=201");
        assertThat(told).noneMatch(line -> line.contains("424242") || line.contains("cvc"));
    }

    @Test
    void sendsThePaymentAsTheContractSays() {
        east.replies(PAID);

        call(payments -> payments.pay(REQUEST.capturedLater(), KEY), east);

        var heard = allHeard().getFirst();
        assertThat(heard.path()).isEqualTo("/v1/payments");
        assertThat(heard.authorization()).isEqualTo("Bearer token-1");
        assertThat(heard.body())
                .isEqualTo(
                        "{\"amount\":{\"value\":1099,\"currency\":\"EUR\"},"
                                + "\"reference\":\"order-1\",\"capture\":\"manual\","
                                + "\"payment_method\":{\"card\":{"
                                + "\"number\":\"4242424242424242\",\"exp_month\":12,"
                                + "\"exp_year\":2030,\"cvc\":\"123\"}}}");
    }

    private List<Heard> allHeard() {
        return Stream.concat(east.heard().stream(), north.heard().stream()).toList();
    }

    private <T> T call(Function<Payments, T> action, ScriptedGateway... gateways) {
        try (var client = client(gateways)) {
            return action.apply(client.payments());
        }
    }

    @MustBeClosed
    private GatewayClient client(ScriptedGateway... gateways) {
        List<URI> addresses = Stream.of(gateways).map(ScriptedGateway::address).toList();
        var settings =
                ClientSettings.of(addresses, authority.context(), () -> "token-1")
                        .withTimeouts(TRY, ClientSettings.TOTAL_TIMEOUT);
        return new GatewayClient(settings, pace);
    }
}
