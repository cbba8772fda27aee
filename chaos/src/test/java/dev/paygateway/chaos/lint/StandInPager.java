package dev.paygateway.chaos.lint;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Stands in for PagerDuty's Events API v2, and remembers what it was sent. */
final class StandInPager implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();

    StandInPager() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v2/enqueue", this::take);
        server.start();
    }

    URI address() {
        return URI.create(
                "http://127.0.0.1:%d/v2/enqueue".formatted(server.getAddress().getPort()));
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            events.add(JSON.readTree(exchange.getRequestBody().readAllBytes()));
            var answer = "{\"status\":\"success\",\"message\":\"Event processed\"}";
            var body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("content-type", "application/json");
            exchange.sendResponseHeaders(202, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** The events of that alert that ask somebody to get up. */
    List<JsonNode> pages(String alert) {
        return events.stream()
                .filter(event -> event.path("event_action").asString().equals("trigger"))
                .filter(event -> event.path("payload").path("class").asString().equals(alert))
                .toList();
    }

    List<JsonNode> events() {
        return List.copyOf(events);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
