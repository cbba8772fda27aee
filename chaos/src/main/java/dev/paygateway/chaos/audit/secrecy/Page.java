package dev.paygateway.chaos.audit.secrecy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/**
 * A page that a part of the system answers with, such as its metrics.
 *
 * @param tls who asks
 */
public record Page(URI address, SSLContext tls) {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    HttpResponse<byte[]> read() throws IOException, InterruptedException {
        var question = HttpRequest.newBuilder(address).timeout(LIMIT).build();
        try (var client = HttpClient.newBuilder().sslContext(tls).build()) {
            return client.send(question, BodyHandlers.ofByteArray());
        }
    }
}
