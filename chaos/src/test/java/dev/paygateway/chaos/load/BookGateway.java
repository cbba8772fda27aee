package dev.paygateway.chaos.load;

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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One instance of a small gateway over real mutual TLS; several share one {@link TestBook}. */
final class BookGateway implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final TestBook book;
    private final HttpsServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @MustBeClosed
    BookGateway(SSLContext tls, TestBook book) {
        this.book = book;
        try {
            server =
                    HttpsServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
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

    URI address() {
        return URI.create("https://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var answer = answer(exchange);
            var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders()
                    .set("Idempotency-Replayed", Boolean.toString(answer.replayed()));
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private TestBook.Answer answer(HttpExchange exchange) throws IOException {
        var body = JSON.readTree(exchange.getRequestBody().readAllBytes());
        var path = exchange.getRequestURI().getPath().substring("/v1/payments".length());
        if ("GET".equals(exchange.getRequestMethod())) {
            return path.startsWith("/by-key/")
                    ? book.byKey(path.substring("/by-key/".length()))
                    : path.endsWith("/events")
                            ? book.events(path.split("/", -1)[1])
                            : book.read(path.substring(1));
        }
        return post(exchange.getRequestHeaders().getFirst("Idempotency-Key"), path, body);
    }

    private TestBook.Answer post(String key, String path, JsonNode body) {
        var parts = path.split("/", -1);
        return parts.length < 3 ? book.pay(key, body) : book.operate(key, parts[1], parts[2], body);
    }
}
