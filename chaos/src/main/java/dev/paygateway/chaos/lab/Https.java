package dev.paygateway.chaos.lab;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** HTTP over mutual TLS, every call with a short limit; keeps its connections until closed. */
public final class Https implements AutoCloseable {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration CALL_LIMIT = Duration.ofSeconds(10);

    /** Only whether somebody answers well: a hanging part must not hold up `status`. */
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(2);

    private final HttpClient client;

    @MustBeClosed
    public Https(TlsIdentity identity) {
        client =
                HttpClient.newBuilder()
                        .sslContext(identity.context())
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT_LIMIT)
                        .build();
    }

    public record Answer(int status, String body) {
        public boolean fine() {
            return status / 100 == 2;
        }
    }

    public Answer send(HttpRequest.Builder request) throws IOException {
        return within(CALL_LIMIT, request);
    }

    /** GET; empty when nobody answers in time. */
    public Optional<Answer> probe(URI address) {
        try {
            return Optional.of(within(PROBE_LIMIT, HttpRequest.newBuilder(address)));
        } catch (IOException silence) {
            return Optional.empty();
        }
    }

    private Answer within(Duration limit, HttpRequest.Builder request) throws IOException {
        try {
            var answer = client.send(request.timeout(limit).build(), BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stop);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
