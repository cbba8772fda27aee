package dev.paygateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.edge.Client.Answer;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Goal: what could not be begun in time is refused at once, with a word about the money, instead of
 * being let into its caller's time-out; and when the reason is gone, all are served again.
 *
 * <p>Method: more callers at once than an instance begins at first, in front of a store whose
 * commits do not return; as many readers as the database has sessions, whose reads do not.
 */
class OverloadTest {
    private static final String PAYMENTS = "/v1/payments";
    private static final int CALLERS = 48;
    private static final int ROUNDS = 20;

    /** Twice this is what the pool of sessions holds. */
    private static final int READERS = 12;

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
                var attempt = Integer.toString(1 + caller % 2);
                calls.add(threads.submit(() -> pay(client, attempt)));
            }
            var codes = new ArrayList<String>();
            for (var caller = 0; caller < CALLERS; caller++) {
                var isFirst = caller % 2 == 0;
                var answer = calls.get(caller).get();
                var code = answer.text("/code");
                codes.add(code);
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.text("/money_moved")).isEqualTo(isFirst ? "no" : "unknown");
                assertThat(answer.header("Retry-After")).isEqualTo("1");
                // The mesh asks one other instance, and no third.
                assertThat(answer.header("x-envoy-ratelimited"))
                        .isEqualTo(!isFirst && code.equals("overloaded") ? "true" : "");
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

    @Test
    void keepsHalfOfTheSessionsForPaymentsWhoeverReads() throws Exception {
        try (var world = World.roomy();
                var threads = Executors.newFixedThreadPool(2 * READERS)) {
            var client = world.client("m_demo1");
            var payment = PAYMENTS + "/" + client.post(PAYMENTS, Bodies.pay("4242")).text("/id");
            var reading = new AtomicInteger();
            var mayReturn = new CountDownLatch(1);
            world.payments()
                    .onRead(() -> {
                        reading.incrementAndGet();
                        await(mayReturn);
                    });
            var answers = new ExecutorCompletionService<Answer>(threads);
            for (var reader = 0; reader < READERS; reader++) {
                answers.submit(() -> client.get(payment));
                answers.submit(() -> client.get(PAYMENTS + "?card_last4=9999"));
            }
            for (var refused = 0; refused < READERS; refused++) {
                var answer = answers.take().get();
                assertThat(answer.text("/code")).isEqualTo("overloaded");
                assertThat(answer.text("/money_moved")).isEqualTo("no");
                assertThat(answer.header("Retry-After")).isEqualTo("1");
            }
            assertThat(reading).hasValue(READERS); // 8 single reads, 4 lists
            assertThat(client.post(PAYMENTS, Bodies.pay("4242")).status()).isEqualTo(201);

            mayReturn.countDown();
            for (var served = 0; served < READERS; served++) {
                assertThat(answers.take().get().status()).isEqualTo(200);
            }
            assertThat(client.get(PAYMENTS).status()).isEqualTo(200);
        }
    }

    private static Answer pay(Client client, String attempt) {
        var body = Bodies.pay("4242");
        return client.post(PAYMENTS, Client.newKey(), body, EdgeFilter.ATTEMPT, attempt);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
