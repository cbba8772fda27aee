package dev.paygateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paygateway.edge.Client.Answer;
import dev.paygateway.payment.Outcome;
import dev.paygateway.payment.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Goal: a money request has one effect and one answer, whoever repeats it, waits or goes away.
 *
 * <p>Method: real HTTP; the store and the acquirer are held up or broken at the points that matter.
 */
class MoneyRequestTest {
    private static final String PAYMENTS = "/v1/payments";
    private static final int RACES = Integer.getInteger("edge.races", 60);
    private static final int RACERS = 8;

    private static World world;
    private static Client client;

    @BeforeAll
    static void start() {
        world = World.roomy();
        client = world.client("m_demo1");
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @AfterEach
    void mend() {
        world.acquirer().beforeAnswer(() -> {});
        world.store().onCommit(_ -> {});
        world.store().setDown(false);
        world.setFenced(false);
    }

    @Test
    void beginsNothingBehindAFence() {
        var key = Client.newKey();
        var payments = world.store().all().size();
        world.setFenced(true);
        var refused = client.post(PAYMENTS, key, Bodies.pay("4242"));
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.text("/code")).isEqualTo("database_unavailable");
        assertThat(refused.text("/money_moved")).isEqualTo("no");
        assertThat(refused.text("/retry")).isEqualTo("same_key");
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(world.store().all()).hasSize(payments);
        world.setFenced(false);
        assertThat(client.post(PAYMENTS, key, Bodies.pay("4242")).status()).isEqualTo(201);
    }

    @Test
    void deniesNoMoneyBehindAFenceUnderAKeyThatItHasSent() {
        var key = Client.newKey();
        var body = Bodies.pay("4242");
        assertThat(client.post(PAYMENTS, key, body).status()).isEqualTo(201);
        world.setFenced(true);
        assertThat(client.post(PAYMENTS, key, body).text("/money_moved")).isEqualTo("unknown");
    }

    @Test
    void answersAsTheContractShowsIt() {
        var key = Client.newKey();
        var answer = client.post(PAYMENTS, key, Bodies.pay("4242", "automatic", "o-1", ""));
        var id = answer.text("/id");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Location")).isEqualTo(PAYMENTS + "/" + id);
        assertThat(answer.header("Idempotency-Key")).isEqualTo(key);
        assertThat(answer.header("Idempotency-Replayed")).isEqualTo("false");
        assertThat(answer.header("Gateway-Region")).isEqualTo("east");
        assertThat(answer.body())
                .startsWith(
                        "{\"id\":\""
                                + id
                                + "\",\"object\":\"payment\",\"status\":\"captured\","
                                + "\"money_moved\":\"yes\",\"amount\":{\"value\":1099,\"currency\":"
                                + "\"EUR\",\"exponent\":2,\"display\":\"10.99\"},"
                                + "\"authorized\":1099,"
                                + "\"captured\":1099,\"refunded\":0,\"capturable\":0,"
                                + "\"refundable\":1099,")
                .doesNotContain(Bodies.CARD);
        assertThat(client.get(PAYMENTS + "/" + id).body()).isEqualTo(answer.body());
    }

    @Test
    void replaysByteForByteEvenAfterThePaymentMovedOn() {
        for (var card : new String[] {"4242", "0002"}) {
            var key = Client.newKey();
            var body = Bodies.pay(card);
            var first = client.post(PAYMENTS, key, body);
            if (first.status() == 201) {
                var refund = PAYMENTS + "/" + first.text("/id") + "/refunds";
                assertThat(client.post(refund, Bodies.amount(99)).status()).isEqualTo(201);
            }
            var again = client.post(PAYMENTS, key, body);
            assertThat(again.status()).isEqualTo(first.status());
            assertThat(again.body()).isEqualTo(first.body());
            assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        }
    }

    @Test
    void namesWhatDiffersUnderAReusedKeyButNeverItsValue() {
        var key = Client.newKey();
        client.post(PAYMENTS, key, Bodies.pay("4242", "automatic", "order-a", ""));
        var other = Bodies.pay("0002", "automatic", "order-b", ",\"metadata\":{\"a\":\"b\"}");
        var answer = client.post(PAYMENTS, key, other);
        assertThat(answer.text("/code")).isEqualTo("idempotency_key_reused");
        assertThat(answer.json().get("fields").valueStream().map(f -> f.stringValue()))
                .containsExactly("payment_method", "reference");
        assertThat(answer.body()).doesNotContain("order-").doesNotContain("0002");
    }

    @Test
    void ignoresMetadataAndCvcWhenItComparesRequests() {
        var key = Client.newKey();
        var body = Bodies.pay("4242");
        var first = client.post(PAYMENTS, key, body);
        var again = body.replace("\"cvc\":\"123\"", "\"cvc\":\"999\"");
        assertThat(client.post(PAYMENTS, key, again).body()).isEqualTo(first.body());
    }

    @Test
    void chargesOnceUnderRaces() throws Exception {
        var effects = world.acquirer().effects();
        var payments = world.store().all().size();
        try (var threads = Executors.newFixedThreadPool(RACERS)) {
            for (var race = 0; race < RACES; race++) {
                var answers = race(threads);
                assertThat(answers).hasSize(1);
            }
        }
        assertThat(world.acquirer().effects()).isEqualTo(effects + RACES);
        assertThat(world.store().all()).hasSize(payments + RACES);
    }

    private static Set<String> race(java.util.concurrent.ExecutorService threads) throws Exception {
        var key = Client.newKey();
        var body = Bodies.pay("4242");
        var barrier = new CyclicBarrier(RACERS);
        Callable<Answer> racer =
                () -> {
                    barrier.await();
                    return client.post(PAYMENTS, key, body);
                };
        var running = new ArrayList<Future<Answer>>();
        for (var i = 0; i < RACERS; i++) {
            running.add(threads.submit(racer));
        }
        var answers = new HashSet<String>();
        for (var answer : running) {
            assertThat(answer.get().status()).isEqualTo(201);
            answers.add(answer.get().body());
        }
        return answers;
    }

    @Test
    void tellsASecondCallerHowFarTheFirstIs() throws Exception {
        var latch = new CountDownLatch(1);
        world.acquirer().beforeAnswer(() -> await(latch));
        var key = Client.newKey();
        var body = Bodies.pay("4242");
        var first = client.post(PAYMENTS, key, body, "Prefer", "respond-async");
        assertThat(first.status()).isEqualTo(202);
        assertThat(first.header("Preference-Applied")).isEqualTo("respond-async");
        assertThat(first.text("/status")).isEqualTo("processing");
        var second = client.post(PAYMENTS, key, body, "Prefer", "wait=0");
        assertThat(second.status()).isEqualTo(202);
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        try (var threads = Executors.newSingleThreadExecutor()) {
            var third = threads.submit(() -> client.post(PAYMENTS, key, body, "Prefer", "wait=8"));
            latch.countDown();
            assertThat(third.get().status()).isEqualTo(201);
        }
    }

    @Test
    void neverSendsWhatWasRefusedForLackOfTime() {
        var latch = new CountDownLatch(1);
        var effects = world.acquirer().effects();
        world.store().onCommit(_ -> await(latch));
        var reference = Bodies.newReference();
        var answer = client.post(PAYMENTS, Bodies.pay("4242", "automatic", reference, ""));
        assertThat(answer.text("/code")).isEqualTo("database_unavailable");
        assertThat(answer.text("/money_moved")).isEqualTo("no");
        latch.countDown();
        var end = world.time().now().plus(Duration.ofSeconds(10));
        while (status(reference) != Status.FAILED && world.time().now().isBefore(end)) {
            world.time().pause(Duration.ofMillis(5));
        }
        assertThat(status(reference)).isEqualTo(Status.FAILED);
        assertThat(world.acquirer().effects()).isEqualTo(effects);
    }

    /** A refund whose commit turns up after all is carried out by recovery. */
    @Test
    void deniesNoMoneyOfARefundThatMayBeStored() {
        var paid = client.post(PAYMENTS, Bodies.pay("4242")).text("/id");
        var latch = new CountDownLatch(1);
        world.store().onCommit(_ -> await(latch));
        var answer = client.post(PAYMENTS + "/" + paid + "/refunds", Bodies.amount(1));
        latch.countDown();
        assertThat(answer.text("/code")).isEqualTo("database_unavailable");
        assertThat(answer.text("/money_moved")).isEqualTo("unknown");
        assertThat(answer.text("/retry")).isEqualTo("same_key");
    }

    /** What was charged before the database went away may not be denied by a repeat. */
    @Test
    void deniesNoMoneyUnderAKeyThatItHasSent() {
        var key = Client.newKey();
        var body = Bodies.pay("4242");
        assertThat(client.post(PAYMENTS, key, body).status()).isEqualTo(201);
        world.store().setDown(true);
        var repeat = client.post(PAYMENTS, key, body);
        assertThat(repeat.text("/code")).isEqualTo("database_unavailable");
        assertThat(repeat.text("/money_moved")).isEqualTo("unknown");
        assertThat(repeat.text("/retry")).isEqualTo("same_key");
        assertThat(client.post(PAYMENTS, body).text("/money_moved")).isEqualTo("no");
    }

    @Test
    void deniesNoMoneyToAClientInDoubt() {
        world.store().setDown(true);
        var body = Bodies.pay("4242");
        var answer = client.post(PAYMENTS, Client.newKey(), body, "Idempotency-Unanswered", "true");
        assertThat(answer.text("/code")).isEqualTo("database_unavailable");
        assertThat(answer.text("/money_moved")).isEqualTo("unknown");
    }

    /** The mesh counts its tries: of the one before, which fell silent, this one knows nothing. */
    @Test
    void deniesNoMoneyToTheMeshsOwnRepeat() {
        world.store().setDown(true);
        var body = Bodies.pay("4242");
        var first = client.post(PAYMENTS, Client.newKey(), body, "x-envoy-attempt-count", "1");
        assertThat(first.text("/money_moved")).isEqualTo("no");
        var second = client.post(PAYMENTS, Client.newKey(), body, "x-envoy-attempt-count", "2");
        assertThat(second.text("/money_moved")).isEqualTo("unknown");
    }

    /** The month may end between a payment and its repeat, which must find what was done. */
    @Test
    void looksForTheKeyBeforeItLooksAtTheCardsMonth() {
        var key = Client.newKey();
        assertThat(client.post(PAYMENTS, key, Bodies.pay("4242")).status()).isEqualTo(201);
        var expired = Bodies.pay("4242").replace("2030", "2020");
        var held = client.post(PAYMENTS, key, expired);
        assertThat(held.text("/code")).isEqualTo("idempotency_key_reused");
        assertThat(client.post(PAYMENTS, expired).text("/code")).isEqualTo("invalid_card");
    }

    /** The payment is authorised; whether the capture took the money is what nobody knows. */
    @Test
    void saysUnknownOfAChangeThatHasNotEnded() {
        var held = client.post(PAYMENTS, Bodies.pay("4242", "manual", "")).text("/id");
        world.acquirer().onChange(_ -> new Outcome.Silent("no answer"));
        var answer = client.post(PAYMENTS + "/" + held + "/captures", "{}");
        world.acquirer().onChange(approved -> approved);
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.text("/status")).isEqualTo("authorized");
        assertThat(answer.text("/money_moved")).isEqualTo("unknown");
        var read = client.get(PAYMENTS + "/" + held);
        assertThat(read.text("/money_moved")).isEqualTo("reserved");
    }

    private static Status status(String reference) {
        return world.store().all().stream()
                .filter(payment -> payment.terms().reference().equals(reference))
                .map(dev.paygateway.payment.Payment::status)
                .findFirst()
                .orElse(Status.PROCESSING);
    }

    @Test
    void knowsNoServerErrorAfterTheFirstCommit() {
        world.acquirer()
                .beforeAnswer(() -> {
                    throw new IllegalStateException("a bug behind the first commit");
                });
        var answer = client.post(PAYMENTS, Bodies.pay("4242"));
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.text("/money_moved")).isEqualTo("unknown");
    }

    @Test
    void tellsNobodyAboutBugsBeforeTheFirstCommit() {
        world.store()
                .onCommit(_ -> {
                    throw new IllegalStateException("SELECT secret FROM dev.paygateway");
                });
        var answer = client.post(PAYMENTS, Bodies.pay("4242"));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).doesNotContain("SELECT").doesNotContain("Exception");
    }

    @Test
    void endsWhatItsCallerDidNotWaitFor() throws IOException {
        var latch = new CountDownLatch(1);
        world.acquirer().beforeAnswer(() -> await(latch));
        var reference = Bodies.newReference();
        var body = Bodies.pay("4242", "automatic", reference, "");
        try (var raw = new RawConnection(world.port(), client)) {
            raw.send(
                    "POST /v1/payments HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                            + client.token()
                            + "\r\nContent-Type: application/json\r\nIdempotency-Key: "
                            + Client.newKey()
                            + "\r\nContent-Length: "
                            + body.length()
                            + "\r\n\r\n"
                            + body);
            while (world.store().all().stream()
                    .noneMatch(payment -> payment.terms().reference().equals(reference))) {
                world.time().pause(Duration.ofMillis(5));
            }
        }
        latch.countDown();
        var end = world.time().now().plus(Duration.ofSeconds(10));
        while (status(reference) != Status.CAPTURED && world.time().now().isBefore(end)) {
            world.time().pause(Duration.ofMillis(5));
        }
        assertThat(status(reference)).isEqualTo(Status.CAPTURED);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
