package dev.paygateway.chaos.audit;

import com.google.errorprone.annotations.MustBeClosed;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers {@code GET /audit/verdict} and {@code POST /audit/acknowledge} in plain HTTP: in a
 * cluster the mesh's proxy stands before it.
 */
final class VerdictServer implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int WAITING_MAX = 16;
    private static final int THREADS = 2;
    private static final int BODY_BYTES_MAX = 4_096;
    private static final String WITHIN = "within=";

    /** An older audit tells nothing of what goes on now. */
    private static final Duration WITHIN_MAX = Duration.ofMinutes(10);

    private final InstantSource clock;
    private final Docket docket;
    private final Consumer<String> log;
    private final HttpServer server;
    private final ExecutorService threads;

    /**
     * Begins to answer.
     *
     * @param address its port 0 for any that is free
     * @param log told of each acknowledgement
     */
    @MustBeClosed
    VerdictServer(
            InstantSource clock, Docket docket, InetSocketAddress address, Consumer<String> log)
            throws IOException {
        this.clock = clock;
        this.docket = docket;
        this.log = log;
        server = HttpServer.create(address, WAITING_MAX);
        threads = Executors.newFixedThreadPool(THREADS);
        server.setExecutor(threads);
        server.createContext("/audit/verdict", this::verdict);
        server.createContext("/audit/acknowledge", this::acknowledge);
        server.start();
    }

    String address() {
        var bound = server.getAddress();
        return "http://%s:%d".formatted(bound.getAddress().getHostAddress(), bound.getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void verdict(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("GET")) {
            answer(exchange, 405, problem("use GET"));
            return;
        }
        var query = exchange.getRequestURI().getQuery();
        try {
            var standing = query == null ? docket.standing(clock.instant()) : standing(query);
            answer(exchange, standing.http(), standing.json());
        } catch (IllegalArgumentException wrong) {
            answer(exchange, 400, problem(String.valueOf(wrong.getMessage())));
        }
    }

    /** {@code ?within=3m}: an audit at most so old, without a violation, will do. */
    private Docket.Standing standing(String query) {
        if (!query.startsWith(WITHIN)) {
            throw new IllegalArgumentException("?" + query + ": give ?within=3m, or nothing");
        }
        var within = Spans.parse("within", query.substring(WITHIN.length()));
        if (within.isNegative() || within.compareTo(WITHIN_MAX) > 0) {
            throw new IllegalArgumentException(
                    "within is more than " + WITHIN_MAX.toMinutes() + "m, or less than nothing");
        }
        return docket.standing(clock.instant(), within);
    }

    /** Only JSON: a page in the operator's browser cannot send that unasked. */
    private void acknowledge(HttpExchange exchange) throws IOException {
        var type = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type"));
        if (!exchange.getRequestMethod().equals("POST")) {
            answer(exchange, 405, problem("use POST"));
        } else if (type.filter(it -> it.startsWith("application/json")).isEmpty()) {
            answer(exchange, 415, problem("send application/json"));
        } else {
            acknowledge(exchange, reason(exchange));
        }
    }

    private void acknowledge(HttpExchange exchange, String reason) throws IOException {
        if (reason.isBlank()) {
            answer(exchange, 400, problem("field \"reason\" is missing: say why"));
        } else if (docket.acknowledge()) {
            log.accept("violations acknowledged: " + JSON.writeValueAsString(reason));
            answer(exchange, 200, JSON.createObjectNode().put("reason", reason).toString());
        } else {
            answer(exchange, 409, problem("no violation stands"));
        }
    }

    private static String reason(HttpExchange exchange) throws IOException {
        try {
            var body = exchange.getRequestBody().readNBytes(BODY_BYTES_MAX);
            return JSON.readTree(body).path("reason").asString("");
        } catch (JacksonException _) {
            return "";
        }
    }

    private static String problem(String detail) {
        return JSON.createObjectNode().put("detail", detail).toString();
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
