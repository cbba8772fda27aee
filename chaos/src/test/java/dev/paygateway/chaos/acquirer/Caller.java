package dev.paygateway.chaos.acquirer;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a gateway would say to an acquirer, over real sockets. */
final class Caller implements AutoCloseable {
    static final String ACCOUNT = "acct_m_demo1";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient client;
    private final int port;

    Caller(SSLContext tls, int port) {
        this.client = HttpClient.newBuilder().sslContext(tls).build();
        this.port = port;
    }

    record Reply(int status, JsonNode body) {
        String text(String field) {
            return body.path(field).asString("");
        }
    }

    static String authorisation(String reference, String card, boolean capture) {
        return """
        {"reference":"%s","merchant_account":"%s","amount":1099,"currency":"EUR","capture":%s,\
        "card":{"number":"%s","exp_month":12,"exp_year":2090,"cvc":"123"}}\
        """
                .formatted(reference, ACCOUNT, capture, card);
    }

    Reply authorize(String reference, String card, boolean capture) throws IOException {
        return post("authorizations", authorisation(reference, card, capture));
    }

    Reply capture(String reference, String original, long amount) throws IOException {
        return post("captures", moving(reference, original, amount));
    }

    Reply refund(String reference, String original, long amount) throws IOException {
        return post("refunds", moving(reference, original, amount));
    }

    Reply release(String reference, String original) throws IOException {
        return post("voids", about(reference, original));
    }

    Reply reverse(String reference, String original) throws IOException {
        return post("reversals", about(reference, original));
    }

    Reply inquire(String reference) throws IOException {
        return get("/v1/operations/" + reference + "?merchant_account=" + ACCOUNT);
    }

    static String about(String reference, String original) {
        return """
        {"reference":"%s","original":"%s","merchant_account":"%s"}\
        """
                .formatted(reference, original, ACCOUNT);
    }

    static String moving(String reference, String original, long amount) {
        return """
        {"reference":"%s","original":"%s","merchant_account":"%s","amount":%d,"currency":"EUR"}\
        """
                .formatted(reference, original, ACCOUNT, amount);
    }

    Reply post(String path, String body) throws IOException {
        return post(path, body, PATIENCE);
    }

    /** Gives up after a while, as a gateway does. */
    Reply post(String path, String body, Duration patience) throws IOException {
        return send(
                HttpRequest.newBuilder(uri("/v1/" + path))
                        .timeout(patience)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build());
    }

    Reply get(String path) throws IOException {
        return send(HttpRequest.newBuilder(uri(path)).timeout(PATIENCE).build());
    }

    private URI uri(String path) {
        return URI.create("https://127.0.0.1:" + port + path);
    }

    private Reply send(HttpRequest request) throws IOException {
        try {
            var answer = client.send(request, BodyHandlers.ofString());
            return new Reply(answer.statusCode(), JsonMapper.shared().readTree(answer.body()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
