package dev.paygateway.client;

import com.google.errorprone.annotations.MustBeClosed;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * A gateway over real mutual TLS that answers as it is told: one reply a request, the last for
 * ever.
 */
final class ScriptedGateway implements AutoCloseable {
    private final HttpsServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Deque<Reply> replies = new ArrayDeque<>();
    private final List<Heard> heard = new CopyOnWriteArrayList<>();

    /** What is done with a request. */
    sealed interface Reply {
        record Json(int status, Map<String, String> headers, String body) implements Reply {
            Json with(String header, String value) {
                return new Json(status, Map.of(header, value), body);
            }
        }

        /** No answer until the client gives up. */
        record Hang() implements Reply {}

        /** The headers, then a byte now and then for ever. */
        record Trickle() implements Reply {}

        /** The connection ends without an answer. */
        record Reset() implements Reply {}
    }

    /** A request as it came. */
    record Heard(
            String method,
            String path,
            Optional<String> key,
            Optional<String> prefer,
            boolean inDoubt,
            String authorization,
            String body,
            int clientPort) {}

    @MustBeClosed
    ScriptedGateway(SSLContext tls) {
        try {
            var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            server = HttpsServer.create(loopback, 0);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        server.setHttpsConfigurator(
                new HttpsConfigurator(tls) {
                    @Override
                    public void configure(HttpsParameters parameters) {
                        var wanted = getSSLContext().getDefaultSSLParameters();
                        wanted.setNeedClientAuth(true);
                        parameters.setSSLParameters(wanted);
                    }
                });
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    static Reply.Json json(int status, String body) {
        return new Reply.Json(status, Map.of(), body);
    }

    /** A payment in words: status, money_moved, version. */
    static String payment(String status, String moved, int version) {
        return """
        {"id":"pay_e1","object":"payment","status":"%s","money_moved":"%s",
         "amount":{"value":1099,"currency":"EUR"},"authorized":1099,"captured":1099,"refunded":0,
         "capturable":0,"refundable":1099,"reference":"order-1","version":%d,"new_field":[1]}
        """
                .formatted(status, moved, version);
    }

    static Reply.Json problem(int status, String code, String moved, String retry) {
        return json(
                status,
                """
                {"title":"t","status":%d,"detail":"d","code":"%s","money_moved":"%s","retry":"%s"}
                """
                        .formatted(status, code, moved, retry));
    }

    void replies(Reply... script) {
        synchronized (replies) {
            replies.addAll(List.of(script));
        }
    }

    URI address() {
        return URI.create("https://127.0.0.1:" + server.getAddress().getPort());
    }

    List<Heard> heard() {
        return List.copyOf(heard);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var headers = exchange.getRequestHeaders();
        heard.add(
                new Heard(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().toString(),
                        Optional.ofNullable(headers.getFirst("Idempotency-Key")),
                        Optional.ofNullable(headers.getFirst("Prefer")),
                        headers.containsKey("Idempotency-Unanswered"),
                        headers.getFirst("Authorization"),
                        body,
                        exchange.getRemoteAddress().getPort()));
        try (exchange) {
            reply(exchange, next());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void reply(HttpExchange exchange, Reply reply)
            throws IOException, InterruptedException {
        switch (reply) {
            case Reply.Reset _ -> {}
            case Reply.Hang _ -> closed.await();
            case Reply.Trickle _ -> trickle(exchange);
            case Reply.Json(var status, var headers, var body) -> {
                headers.forEach(exchange.getResponseHeaders()::set);
                var bytes = body.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    private void trickle(HttpExchange exchange) throws IOException, InterruptedException {
        exchange.sendResponseHeaders(200, 0);
        while (!closed.await(20, TimeUnit.MILLISECONDS)) {
            exchange.getResponseBody().write(' ');
            exchange.getResponseBody().flush();
        }
    }

    private Reply next() {
        synchronized (replies) {
            return replies.size() > 1 ? replies.remove() : replies.getFirst();
        }
    }
}
