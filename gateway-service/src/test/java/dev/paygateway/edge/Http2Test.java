package dev.paygateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Goal: on the connection that the mesh shares among its requests, a refusal and a request that is
 * given up on cost nothing but themselves: no other request is queued, and the connection stays.
 *
 * <p>Method: one client of HTTP/2 in front of a store whose commits do not return; the connection
 * is told by its label.
 */
class Http2Test {
    private static final int CALLERS = 48;

    /** Of the 32 that an instance begins at first; more than a queue of Tomcat's would let in. */
    private static final int BEGUN_AT_ONCE = 30;

    private static final int GIVEN_UP = 30;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration IMPATIENCE = Duration.ofMillis(300);

    @Test
    void refusesManyAtOnceOnOneConnection() {
        try (var world = World.roomy();
                var http = http2(world)) {
            var first = http.call(PATIENCE).join();
            assertThat(first.version()).isEqualTo(Version.HTTP_2);
            assertThat(first.statusCode()).isEqualTo(201);
            var mayReturn = new CountDownLatch(1);
            var begun = new CountDownLatch(BEGUN_AT_ONCE);
            world.store()
                    .onCommit(_ -> {
                        begun.countDown();
                        await(mayReturn);
                    });
            var calls = new ArrayList<CompletableFuture<HttpResponse<String>>>();
            for (var caller = 0; caller < CALLERS; caller++) {
                calls.add(http.call(PATIENCE));
            }
            await(begun);
            var connections = new HashSet<String>();
            for (var call : calls) {
                assertThat(call.join().statusCode()).isEqualTo(503);
                connections.add(label(call.join()));
            }
            mayReturn.countDown();
            world.store().onCommit(_ -> {});
            var last = http.call(PATIENCE).join();
            assertThat(last.statusCode()).isEqualTo(201);
            connections.add(label(last));
            assertThat(connections).containsExactly(label(first));
        }
    }

    @Test
    void keepsTheConnectionOfWhoGivesUp() {
        try (var world = World.roomy();
                var http = http2(world)) {
            var first = http.call(PATIENCE).join();
            var mayReturn = new CountDownLatch(1);
            world.store().onCommit(_ -> await(mayReturn));
            var calls = new ArrayList<CompletableFuture<HttpResponse<String>>>();
            for (var caller = 0; caller < GIVEN_UP; caller++) {
                calls.add(http.call(IMPATIENCE));
            }
            for (var call : calls) {
                assertThatThrownBy(call::join)
                        .isInstanceOf(CompletionException.class)
                        .hasCauseInstanceOf(HttpTimeoutException.class);
            }
            mayReturn.countDown();
            world.store().onCommit(_ -> {});
            var last = http.call(PATIENCE).join();
            assertThat(last.statusCode()).isEqualTo(201);
            assertThat(label(last)).isEqualTo(label(first));
        }
    }

    private static String label(HttpResponse<?> response) {
        return response.connectionLabel().orElseThrow();
    }

    private static Caller http2(World world) {
        var merchant = world.client("m_demo1");
        var http =
                HttpClient.newBuilder()
                        .version(Version.HTTP_2)
                        .sslContext(World.AUTHORITY.context(merchant.identity()))
                        .build();
        return new Caller(http, world.port(), merchant.token());
    }

    private record Caller(HttpClient http, int port, String token) implements AutoCloseable {
        CompletableFuture<HttpResponse<String>> call(Duration patience) {
            var request =
                    HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/v1/payments"))
                            .timeout(patience)
                            .header("Authorization", "Bearer " + token)
                            .header("Idempotency-Key", Client.newKey())
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(Bodies.pay("4242")))
                            .build();
            return http.sendAsync(request, BodyHandlers.ofString());
        }

        @Override
        public void close() {
            http.close();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
