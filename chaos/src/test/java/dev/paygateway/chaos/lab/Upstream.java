package dev.paygateway.chaos.lab;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** Stands in for an instance of the service: mutual TLS, and misbehaves as it is told. */
final class Upstream implements AutoCloseable {
    private static final int BACKLOG = 512;

    private final String name;
    private final SSLContext tls;
    private final Collection<Seen> book;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final int port;
    private HttpsServer server;
    private volatile Manner manner = Manner.FINE;

    /** A try that arrived. */
    record Seen(String who, String call, String attempt, List<String> certificates) {}

    /**
     * How it answers.
     *
     * @param status 0: it closes the connection instead
     * @param after before that it waits, unless all that are gathered come earlier
     */
    record Manner(int status, Duration after, CountDownLatch gathered) {
        static final Manner FINE = new Manner(200, Duration.ZERO, new CountDownLatch(0));
        static final Manner BUSY = new Manner(503, Duration.ZERO, new CountDownLatch(0));
        static final Manner RESET = new Manner(0, Duration.ZERO, new CountDownLatch(0));

        static Manner slow(Duration after) {
            return new Manner(200, after, new CountDownLatch(Integer.MAX_VALUE));
        }

        /** Answers all at once, when that many are there. */
        static Manner gathering(int status, int count) {
            return new Manner(status, Duration.ofSeconds(20), new CountDownLatch(count));
        }
    }

    Upstream(String name, SSLContext tls, Collection<Seen> book) {
        this.name = name;
        this.tls = tls;
        this.book = book;
        this.server = listen(0);
        this.port = server.getAddress().getPort();
    }

    int port() {
        return port;
    }

    void be(Manner next) {
        manner = next;
    }

    /** Dies with its connections; whoever connects is refused. */
    void die() {
        server.stop(0);
    }

    void rise() {
        server = listen(port);
    }

    private HttpsServer listen(int at) {
        try {
            var address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), at);
            var fresh = HttpsServer.create(address, BACKLOG);
            fresh.setHttpsConfigurator(
                    new HttpsConfigurator(tls) {
                        @Override
                        public void configure(HttpsParameters parameters) {
                            var wanted = getSSLContext().getDefaultSSLParameters();
                            wanted.setNeedClientAuth(true);
                            parameters.setSSLParameters(wanted);
                        }
                    });
            fresh.createContext("/", this::handle);
            fresh.setExecutor(threads);
            fresh.start();
            return fresh;
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        book.add(
                new Seen(
                        name,
                        String.valueOf(headers.getFirst("X-Test")),
                        String.valueOf(headers.getFirst("X-Envoy-Attempt-Count")),
                        headers.getOrDefault("X-Forwarded-Client-Cert", List.of())));
        exchange.getRequestBody().readAllBytes();
        var now = manner;
        now.gathered().countDown();
        pause(now);
        if (now.status() > 0) {
            var text = name.getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(now.status(), text.length);
            exchange.getResponseBody().write(text);
        }
        exchange.close();
    }

    private static void pause(Manner now) {
        try {
            var isTogether = now.gathered().await(now.after().toMillis(), TimeUnit.MILLISECONDS);
            if (!isTogether && now.status() == 0) {
                throw new IllegalStateException("a reset never waits");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
