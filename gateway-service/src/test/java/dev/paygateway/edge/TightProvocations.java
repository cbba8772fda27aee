package dev.paygateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** Answers that only come where the bounds are narrow. */
final class TightProvocations {
    private static final String PAYMENTS = "/v1/payments";
    private static final String ONE = PAYMENTS + "/pay_e" + "0".repeat(32);
    private static final List<String> POSTS =
            List.of(PAYMENTS, ONE + "/captures", ONE + "/voids", ONE + "/refunds");
    private static final List<String> READS =
            List.of(
                    PAYMENTS,
                    ONE,
                    ONE + "/events",
                    PAYMENTS + "/by-key/" + "k".repeat(16),
                    PAYMENTS + "/by-reference/r",
                    "/openapi.yaml",
                    "/v1/nothing");

    private final World world;
    private int merchants;

    TightProvocations(World world) {
        this.world = world;
    }

    void all() throws IOException {
        for (var path : POSTS) {
            slow(path);
            var client = newClient();
            client.post(path, "{}");
            limited(client.post(path, "{}"));
        }
        for (var path : READS) {
            var client = newClient();
            client.get(path);
            limited(client.get(path));
        }
        overloaded();
        for (var path : List.of(PAYMENTS, ONE)) {
            overloadedBy(path);
        }
    }

    private Client newClient() {
        merchants++;
        return world.client("m_" + merchants);
    }

    private static void limited(Client.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(429);
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.header("RateLimit-Remaining")).isEqualTo("0");
    }

    private void slow(String path) throws IOException {
        var client = newClient();
        try (var slow = new RawConnection(world.port(), client)) {
            slow.send(
                    """
                    POST %s HTTP/1.1
                    Host: x
                    Authorization: Bearer %s
                    Content-Type: application/json
                    Content-Length: 100
                    Idempotency-Key: %s

                    {\
                    """
                            .formatted(path, client.token(), Client.newKey())
                            .replace("\n", "\r\n"));
            var answer = slow.answer();
            Contract.hold("POST", path, answer);
            assertThat(answer.status()).isEqualTo(408);
        }
    }

    private void overloaded() {
        var held = newClient().post(PAYMENTS, Bodies.pay("4242", "manual", "")).text("/id");
        assertThat(held).startsWith("pay_");
        var latch = new CountDownLatch(1);
        world.acquirer().beforeAnswer(() -> await(latch));
        newClient().post(PAYMENTS, Client.newKey(), Bodies.pay("4242"), "Prefer", "respond-async");
        for (var path : POSTS) {
            var body = path.equals(PAYMENTS) ? Bodies.pay("4242") : "{}";
            var right = path.endsWith("/refunds") ? Bodies.amount(1) : body;
            var answer = newClient().post(path, right);
            assertThat(answer.text("/code")).as(answer.body()).isEqualTo("overloaded");
        }
        latch.countDown();
    }

    /** While one is read, none of its kind is; lists are a kind of their own. */
    private void overloadedBy(String path) {
        var reader = newClient();
        var mayReturn = new CountDownLatch(1);
        var isReading = new CountDownLatch(1);
        world.payments()
                .onRead(() -> {
                    isReading.countDown();
                    await(mayReturn);
                });
        var first =
                CompletableFuture.supplyAsync(() -> reader.get(path), Thread::startVirtualThread);
        await(isReading);
        READS.stream()
                .filter(read -> read.startsWith(PAYMENTS))
                .filter(read -> read.equals(PAYMENTS) == path.equals(PAYMENTS))
                .forEach(read -> {
                    var answer = newClient().get(read);
                    assertThat(answer.text("/code")).as(answer.body()).isEqualTo("overloaded");
                });
        world.payments().onRead(() -> {});
        mayReturn.countDown();
        assertThat(first.join().status()).isIn(200, 404);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(
                            latch.await(
                                    Duration.ofSeconds(20).toSeconds(),
                                    java.util.concurrent.TimeUnit.SECONDS))
                    .isTrue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
