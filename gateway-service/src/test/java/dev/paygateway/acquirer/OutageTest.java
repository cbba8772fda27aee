package dev.paygateway.acquirer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.uuid.Generators;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.paygateway.edge.Authority;
import dev.paygateway.payment.Acquirer;
import dev.paygateway.payment.Claim;
import dev.paygateway.payment.Command;
import dev.paygateway.payment.Gateway;
import dev.paygateway.payment.Gateway.Reply;
import dev.paygateway.payment.Ids;
import dev.paygateway.payment.MemoryStore;
import dev.paygateway.payment.Merchant;
import dev.paygateway.payment.NoWords;
import dev.paygateway.payment.Payment;
import dev.paygateway.payment.Time;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Goal: an acquirer whose front answers, and serves nobody, costs the payments that met it first.
 *
 * <p>Method: the gateway with two acquirers over real TLS; one answers 503 to everything, the other
 * approves.
 */
class OutageTest {
    private static final Authority AUTHORITY = new Authority("ca");
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Card CARD = new Card("4242424242424242", 12, 2090, Optional.empty());

    /** Three tries each: by the twentieth call the breaker may judge. */
    private static final int PAYMENTS_SPENT = 7;

    private final List<HttpsServer> servers = new ArrayList<>();
    private final MemoryStore store = new MemoryStore(new NoWords());
    private final Ids ids = new Ids('e', Generators.timeBasedEpochGenerator()::generate);

    @AfterEach
    void stop() {
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void theOtherTakesOverFromOneThatAnswers503ToAll() throws IOException {
        try (var amber = open("amber", OutageTest::refuse);
                var basalt = open("basalt", OutageTest::approve)) {
            var gateway = new Gateway(store, new Both(amber, basalt), new Now(), ids, "east");
            for (var number = 1; number <= PAYMENTS_SPENT; number++) {
                assertThat(pay(gateway, number)).isEqualTo("amber unknown");
            }
            assertThat(amber.isReachable()).isFalse();
            assertThat(pay(gateway, PAYMENTS_SPENT + 1)).isEqualTo("basalt captured");
        }
    }

    private String pay(Gateway gateway, int number) {
        var pay =
                new Command.Pay(
                        new Claim(
                                new Merchant("m_1", Merchant.Mode.TEST), "key-" + number, Map.of()),
                        "req",
                        "order-" + number,
                        true,
                        Payment.CaptureMode.AUTOMATIC,
                        Money.ofMinor(CurrencyUnit.EUR, 1_099),
                        CARD.summary(),
                        Map.of(),
                        Payment.OnUnknown.WAIT,
                        Duration.ofMinutes(15));
        var begun =
                Optional.of(gateway.begin(pay)).map(Reply.Begun.class::cast).orElseThrow().work();
        var settled = gateway.authorize(begun, CARD);
        return settled.operation().order().acquirer() + " " + settled.payment().status().code();
    }

    private HttpAcquirer open(String name, HttpHandler handler) throws IOException {
        var server =
                HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(
                new HttpsConfigurator(AUTHORITY.context(AUTHORITY.issue(name))));
        server.createContext("/", handler);
        server.start();
        servers.add(server);
        var link =
                new AcquirerSettings.Link(
                        name,
                        URI.create("https://127.0.0.1:" + server.getAddress().getPort()),
                        "acct_",
                        8,
                        true,
                        true,
                        true,
                        Duration.ofSeconds(10));
        var tls =
                ClientTlsStrategyBuilder.create().setSslContext(AUTHORITY.context()).buildClassic();
        var guard = new Guard(link, new Now(), Guard.Registries.create());
        return new HttpAcquirer(link, tls, new Now(), guard, ObservationRegistry.NOOP);
    }

    private static void refuse(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        answer(exchange, 503, "no healthy upstream");
    }

    private static void approve(HttpExchange exchange) throws IOException {
        var told = (ObjectNode) JSON.readTree(exchange.getRequestBody());
        told.retain("reference", "merchant_account", "amount", "currency");
        told.put("status", "approved").put("acquirer_reference", "ba_1");
        answer(exchange, 200, told.toString());
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private record Both(Acquirer first, Acquirer second) implements Acquirer.Directory {
        @Override
        public List<Acquirer> routes() {
            return List.of(first, second);
        }

        @Override
        public Acquirer named(String name) {
            return name.equals(first.name()) ? first : second;
        }
    }

    private record Now() implements Time {
        @Override
        public Instant now() {
            return Instant.now().truncatedTo(ChronoUnit.MILLIS);
        }

        @Override
        public void pause(Duration duration) {
            LockSupport.parkNanos(duration.toNanos());
        }
    }
}
