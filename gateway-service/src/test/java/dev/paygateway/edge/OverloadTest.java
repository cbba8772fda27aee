package dev.paygateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.edge.Client.Answer;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Goal: what could not be begun in time is refused at once, with a word about the money, instead of
 * being let into its caller's time-out; and when the reason is gone, all are served again.
 *
 * <p>Method: more callers at once than an instance begins at first, in front of a store whose
 * commits do not return.
 */
class OverloadTest {
    private static final String PAYMENTS = "/v1/payments";
    private static final int CALLERS = 48;
    private static final int ROUNDS = 20;

    @Test
    void refusesAtOnceWhatItCouldNotBeginInTime() throws Exception {
        try (var world = World.roomy();
                var threads = Executors.newFixedThreadPool(CALLERS)) {
            var client = world.client("m_demo1");
            var effects = world.acquirer().effects();
            var mayReturn = new CountDownLatch(1);
            world.store().onCommit(_ -> await(mayReturn));
            var calls = new ArrayList<Future<Answer>>();
            for (var caller = 0; caller < CALLERS; caller++) {
                calls.add(threads.submit(() -> client.post(PAYMENTS, Bodies.pay("4242"))));
            }
            var codes = new ArrayList<String>();
            for (var call : calls) {
                var answer = call.get();
                codes.add(answer.text("/code"));
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.text("/money_moved")).isEqualTo("no");
                assertThat(answer.header("Retry-After")).isEqualTo("1");
            }
            assertThat(codes).contains("overloaded");
            assertThat(codes).containsOnly("overloaded", "database_unavailable");
            assertThat(world.acquirer().effects()).isEqualTo(effects);

            mayReturn.countDown();
            world.store().onCommit(_ -> {});
            for (var round = 0; round < ROUNDS; round++) {
                assertThat(client.post(PAYMENTS, Bodies.pay("4242")).status()).isEqualTo(201);
            }
        }
    }

    /** A repeat that comes too soon is turned away before its key is looked up. */
    @Test
    void deniesNoMoneyUnderAKeyThatItHasSentToAMerchantWhoIsTooFast() {
        try (var world = World.tight()) {
            var client = world.client("m_demo1");
            var key = Client.newKey();
            var body = Bodies.pay("4242");
            assertThat(client.post(PAYMENTS, key, body).status()).isEqualTo(201);
            var repeat = client.post(PAYMENTS, key, body);
            assertThat(repeat.text("/code")).isEqualTo("rate_limited");
            assertThat(repeat.text("/money_moved")).isEqualTo("unknown");
            assertThat(client.post(PAYMENTS, body).text("/money_moved")).isEqualTo("no");
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
