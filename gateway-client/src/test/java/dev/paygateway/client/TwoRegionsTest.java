package dev.paygateway.client;

import static dev.paygateway.client.ScriptedGateway.json;
import static dev.paygateway.client.ScriptedGateway.payment;
import static dev.paygateway.client.ScriptedGateway.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.client.ScriptedGateway.Heard;
import dev.paygateway.client.ScriptedGateway.Reply;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: a client finds the region that serves, and comes back to its own.
 *
 * <p>Method: two gateways over real mutual TLS answer by script; pauses take no time.
 */
class TwoRegionsTest {
    private static final IdempotencyKey KEY = IdempotencyKey.of("order-1-attempt-1");
    private static final Card CARD = Card.of("4242424242424242", 12, 2030, "123");
    private static final PaymentRequest REQUEST =
            PaymentRequest.of(Money.of(1_099, "EUR"), "order-1", CARD);
    private static final Reply.Json PAID = json(201, payment("captured", "yes", 2));
    private static final Duration TRY = Duration.ofSeconds(10);

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

    private ClientSettings settings(ScriptedGateway... gateways) {
        List<URI> addresses = Stream.of(gateways).map(ScriptedGateway::address).toList();
        return ClientSettings.of(addresses, authority.context(), () -> "token-1")
                .withTimeouts(TRY, ClientSettings.TOTAL_TIMEOUT);
    }

    @Test
    void saysInTheOtherRegionThatAnEarlierCallWasMade() {
        east.replies(PAID);
        north.replies(problem(503, "draining", "no", "same_key"));
        try (var client = new GatewayClient(settings(east), pace)) {
            client.payments().pay(REQUEST, KEY);
        }
        try (var restarted = new GatewayClient(settings(north), pace)) {
            var again = restarted.payments(CallOptions.standard().repeating());
            assertThat(again.pay(REQUEST, KEY).moneyMoved()).isEqualTo(MoneyMoved.UNKNOWN);
        }
        assertThat(east.heard()).extracting(Heard::inDoubt).containsExactly(false);
        assertThat(north.heard()).extracting(Heard::inDoubt).containsOnly(true);
    }

    @Test
    void comesBackToTheFirstAddressOnceItServes() {
        east.replies(problem(503, "database_unavailable", "no", "same_key"), PAID);
        north.replies(PAID);
        try (var client = new GatewayClient(settings(east, north), pace)) {
            client.payments().pay(REQUEST, KEY);
            client.payments().pay(REQUEST, KEY);
            assertThat(north.heard()).hasSize(2);
            pace.pause(Addresses.REFUSED_REST);
            client.payments().pay(REQUEST, KEY);
            client.payments().pay(REQUEST, KEY);
        }
        assertThat(east.heard()).hasSize(3);
    }

    @Test
    void followsItsOwnNames() {
        north.replies(PAID);
        var asked = new ArrayList<String>();
        Names names =
                host -> {
                    asked.add(host);
                    return List.of(InetAddress.getLoopbackAddress());
                };
        try (var client = new GatewayClient(settings(north).following(names), pace)) {
            assertThat(client.payments().pay(REQUEST, KEY))
                    .isInstanceOf(PaymentResult.Approved.class);
        }
        assertThat(asked).containsExactly(north.address().getHost());
    }
}
