package dev.paygateway.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.paygateway.edge.Authority.Identity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A merchant's client over mutual TLS. Every answer that it gets is held against openapi.yaml, and
 * remembered there.
 */
final class Client {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final int port;
    private final String merchant;
    private final Identity identity;
    private final HttpClient http;
    private String token;

    Client(int port, String merchant) {
        this(port, merchant, World.AUTHORITY.issue(merchant));
    }

    /** Another client with the same certificate. */
    Client(int port, Client other) {
        this(port, other.merchant, other.identity);
    }

    private Client(int port, String merchant, Identity identity) {
        this.port = port;
        this.merchant = merchant;
        this.identity = identity;
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .sslContext(World.AUTHORITY.context(identity))
                        .build();
        this.token = World.ISSUER.sign(claims().build());
    }

    /** An answer as it came. */
    record Answer(int status, Map<String, List<String>> headers, String body) {
        JsonNode json() {
            return JSON.readTree(body);
        }

        String text(String pointer) {
            return json().at(pointer).asString();
        }

        String header(String name) {
            var values = headers.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), List.of());
            return String.join("|", values);
        }
    }

    JWTClaimsSet.Builder claims() {
        return Issuer.claims(merchant, identity.certificate());
    }

    Identity identity() {
        return identity;
    }

    String token() {
        return token;
    }

    /** The same client with another token. */
    Client holding(String otherToken) {
        token = otherToken;
        return this;
    }

    /** The same client with another token of the issuer. */
    Client holding(UnaryOperator<JWTClaimsSet.Builder> change) {
        return holding(World.ISSUER.sign(change.apply(claims()).build()));
    }

    static String newKey() {
        return "key-" + UUID.randomUUID();
    }

    Answer get(String path) {
        return send("GET", path, "", List.of());
    }

    Answer post(String path, String body) {
        return post(path, newKey(), body);
    }

    Answer post(String path, String key, String body, String... headers) {
        var all = new ArrayList<>(List.of("Idempotency-Key", key));
        all.addAll(List.of("Content-Type", "application/json"));
        all.addAll(List.of(headers));
        return send("POST", path, body, all);
    }

    /** Sends exactly these headers beside the token. */
    Answer send(String method, String path, String body, List<String> headers) {
        var publisher =
                body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body, UTF_8);
        var request =
                HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + path))
                        .timeout(PATIENCE)
                        .method(method, publisher);
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        for (var i = 0; i < headers.size(); i += 2) {
            request.header(headers.get(i), headers.get(i + 1));
        }
        try {
            var response = http.send(request.build(), BodyHandlers.ofString(UTF_8));
            var lower = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
            lower.putAll(response.headers().map());
            var answer = new Answer(response.statusCode(), lower, response.body());
            Contract.hold(method, path, answer);
            return answer;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
