package dev.paygateway.chaos.acquirer;

import static dev.paygateway.chaos.acquirer.Caller.authorisation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Goal: each sandbox card does what the product promises, on the wire and in the books.
 *
 * <p>Method: a real acquirer over real mutual TLS, the books read from its file.
 */
class AcquirerTest {
    private static final String VISA = "4242424242424242";
    private static final Duration SOON = Duration.ofMillis(400);

    @TempDir private Path folder;
    private AcquirerWorld world;

    @BeforeEach
    @SuppressWarnings("MustBeClosedChecker") // closed after each
    void open() throws IOException {
        world = new AcquirerWorld(folder, "amber");
    }

    @AfterEach
    void close() throws IOException {
        world.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "4242424242424242, approved, true, '', ''",
        "4000000000050510, approved, true, '', ''",
        "4000000000000002, declined, false, generic_decline, 05",
        "4000000000009995, declined, false, insufficient_funds, 51",
        "4000000000000069, declined, false, expired_card, 54",
        "4000000000000127, declined, false, incorrect_cvc, N7",
        "4000000000040511, not_processed, false, '', ''",
        "4111111111111111, declined, false, generic_decline, 05",
    })
    void answersAnOrdinaryCardAtOnceAndTheSameOnARepeat(
            String card, String status, boolean captured, String code, String network)
            throws IOException {
        var first = world.caller.authorize("op_1", card, true);
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.text("reference")).isEqualTo("op_1");
        assertThat(first.text("merchant_account")).isEqualTo(Caller.ACCOUNT);
        assertThat(first.text("status")).isEqualTo(status);
        assertThat(first.body().path("amount").longValue()).isEqualTo(1099);
        assertThat(first.text("currency")).isEqualTo("EUR");
        assertThat(first.body().path("captured").booleanValue()).isEqualTo(captured);
        assertThat(first.text("acquirer_reference")).startsWith("am_");
        assertThat(first.text("decline_code")).isEqualTo(code);
        assertThat(first.text("network_code")).isEqualTo(network);

        var effects = world.effects("op_1");
        assertThat(effects)
                .isEqualTo(captured ? List.of("authorized", "captured") : List.of(status));
        assertThat(world.caller.authorize("op_1", card, true)).isEqualTo(first);
        assertThat(world.caller.inquire("op_1")).isEqualTo(first);
        assertThat(world.effects("op_1")).isEqualTo(effects);
    }

    @Test
    void approvesAtBasaltWhatAmberDidNotProcess() throws IOException {
        try (var basalt = new AcquirerWorld(Files.createDirectory(folder.resolve("b")), "basalt")) {
            var reply = basalt.caller.authorize("op_1", "4000000000040511", true);
            assertThat(reply.text("status")).isEqualTo("approved");
            assertThat(reply.text("acquirer_reference")).startsWith("ba_");
        }
    }

    @ParameterizedTest(name = "{0} has effects: {1}")
    @CsvSource({"4000000000070500, true", "4000000000060501, false"})
    void answers500OnEveryTry(String card, boolean effective) throws IOException {
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThat(world.caller.authorize("op_1", card, true).status()).isEqualTo(500);
        }
        assertStands("op_1", effective);
    }

    @ParameterizedTest(name = "{0} has effects: {1}")
    @CsvSource({
        "4000000000030504, true",
        "4000000000020505, false",
        "4000000000080509, true",
    })
    void hangsOnEveryTry(String card, boolean effective) throws IOException {
        for (int attempt = 0; attempt < 2; attempt++) {
            try (var raw = new RawConnection(world.pki.caller(), world.port())) {
                raw.send(RawConnection.post("authorizations", authorisation("op_1", card, true)));
                assertThat(raw.isSilentFor(SOON)).isTrue();
            }
        }
        assertStands("op_1", effective);
    }

    @Test
    void resetsTheConnectionAfterTheEffect() throws IOException {
        for (int attempt = 0; attempt < 2; attempt++) {
            try (var raw = new RawConnection(world.pki.caller(), world.port())) {
                var body = authorisation("op_1", "4000000000010506", true);
                raw.send(RawConnection.post("authorizations", body));
                assertThatThrownBy(raw::rest)
                        .isInstanceOf(SocketException.class)
                        .hasMessageContaining("reset");
            }
        }
        assertStands("op_1", true);
    }

    @Test
    void answersLateButTakesEffectAtOnce() throws IOException {
        try (var raw = new RawConnection(world.pki.caller(), world.port())) {
            var body = authorisation("op_1", "4000000000000507", true);
            raw.send(RawConnection.post("authorizations", body));
            assertThat(raw.isSilentFor(Duration.ofMillis(150))).isTrue();
            assertThat(world.effects("op_1")).hasSize(2);
            assertThat(raw.until("\\}", 1)).contains("HTTP/1.1 200", "approved");
            raw.send("GET /v1/capabilities HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(raw.until("\\}", 1)).contains("visibility_window_s\":10");
        }
    }

    @Test
    void answersTwiceOnOneConnectionThatStaysOpen() throws IOException {
        try (var raw = new RawConnection(world.pki.caller(), world.port())) {
            var body = authorisation("op_1", "4000000000090508", true);
            raw.send(RawConnection.post("authorizations", body));
            var answers = raw.until("\\}", 2);
            int half = answers.length() / 2;
            assertThat(answers.substring(0, half)).isEqualTo(answers.substring(half));
            raw.send("GET /v1/capabilities HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(raw.until("\\}", 1)).contains("idempotent_send");
        }
        assertThat(world.effects("op_1")).containsExactly("authorized", "captured");
    }

    @Test
    void returnsTheRefundsOf0510AndBooksIt() throws IOException {
        world.caller.authorize("op_1", "4000000000050510", true);
        var refund = world.caller.refund("op_2", "op_1", 500);
        assertThat(refund.text("status")).isEqualTo("approved");
        assertThat(refund.body().path("provisional_s").intValue()).isEqualTo(5);
        world.clock.step(Duration.ofSeconds(3));
        world.restart();
        assertThat(world.caller.inquire("op_2").text("status")).isEqualTo("returned");
        assertThat(world.effects("op_2")).containsExactly("refunded", "refund_returned");
        assertThat(world.caller.refund("op_2", "op_1", 500)).isEqualTo(refund);
    }

    @Test
    void rejectsWhatCannotBeAndTellsInquiryItWasDeclined() throws IOException {
        world.caller.authorize("op_1", VISA, false);
        var reply = world.caller.capture("op_2", "op_1", 1100);
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.text("status")).isEqualTo("rejected");
        assertThat(reply.text("reason")).isEqualTo("invalid_amount");
        assertThat(world.caller.capture("op_2", "op_1", 1100)).isEqualTo(reply);
        var inquired = world.caller.inquire("op_2");
        assertThat(inquired.text("status")).isEqualTo("declined");
        assertThat(inquired.text("decline_code")).isEqualTo("invalid_amount");
        assertThat(world.effects("op_2")).containsExactly("declined");
    }

    @Test
    void walksThroughCaptureVoidAndReversal() throws IOException {
        world.caller.authorize("op_1", VISA, false);
        assertThat(world.caller.capture("op_2", "op_1", 99).text("status")).isEqualTo("approved");
        var freed = world.caller.release("op_3", "op_1");
        assertThat(freed.body().path("amount").longValue()).isEqualTo(1000);
        var reversed = world.caller.reverse("op_4", "op_1");
        assertThat(reversed.text("status")).isEqualTo("reversed");
        assertThat(reversed.body().path("amount").longValue()).isEqualTo(1099);
        assertThat(world.caller.inquire("op_1").text("status")).isEqualTo("reversed");
        world.restart();
        assertThat(world.lines().getLast().path("call").asString()).isEqualTo("inquire");
    }

    @Test
    void freesWhatAFinalCaptureLeavesInItsBooks() throws IOException {
        world.caller.authorize("op_1", VISA, false);
        var body = Caller.moving("op_2", "op_1", 99).replaceFirst("}$", ",\"final\":true}");
        var reply = world.caller.post("captures", body);
        assertThat(reply.text("status")).isEqualTo("approved");
        assertThat(reply.body().path("amount").longValue()).isEqualTo(99);
        assertThat(world.effects("op_2")).containsExactly("captured", "released");
        world.restart();
        assertThat(world.caller.post("captures", body)).isEqualTo(reply);
        assertThat(world.effects("op_2")).containsExactly("captured", "released");
        assertThat(world.caller.release("op_3", "op_1").text("reason")).isEqualTo("invalid_state");
    }

    @Test
    void refusesAReferenceWithOtherContent() throws IOException {
        world.caller.authorize("op_1", VISA, true);
        var reply = world.caller.authorize("op_1", VISA, false);
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.text("status")).isEqualTo("conflict");
        assertThat(world.caller.inquire("op_9").status()).isEqualTo(404);
        assertThat(world.caller.inquire("op_9").text("status")).isEqualTo("not_found");
    }

    @Test
    void remembersEverythingAcrossARestart() throws IOException {
        var before = new ArrayList<Caller.Reply>();
        before.add(world.caller.authorize("op_1", VISA, false));
        before.add(world.caller.capture("op_2", "op_1", 1099));
        before.add(world.caller.reverse("op_3", "op_never"));
        world.restart();
        var after = new ArrayList<Caller.Reply>();
        after.add(world.caller.authorize("op_1", VISA, false));
        after.add(world.caller.capture("op_2", "op_1", 1099));
        after.add(world.caller.reverse("op_3", "op_never"));
        assertThat(after).isEqualTo(before);
        assertThat(world.caller.authorize("op_never", VISA, true).text("decline_code"))
                .isEqualTo("tombstoned");
    }

    @Test
    void saysSoWhenItsPortIsInUse() {
        assertThatThrownBy(world::openAnother)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot listen on")
                .hasMessageContaining("choose another port");
    }

    @Test
    void letsEitherTheAuthorisationOrItsReversalBeFirst() throws Exception {
        for (int race = 0; race < 100; race++) {
            var reference = "op_race" + race;
            var replies =
                    together(
                            List.of(
                                    () -> world.caller.authorize(reference, VISA, true),
                                    () -> world.caller.reverse(reference + "_r", reference),
                                    () -> world.caller.authorize(reference, VISA, true)));
            var authorised = replies.get(0).text("status");
            var reversed = replies.get(1).text("status");
            assertThat(authorised + " " + reversed)
                    .isIn("approved reversed", "declined tombstoned");
            assertThat(replies.get(2)).isEqualTo(replies.get(0));
            assertThat(world.effects(reference).size()).isIn(1, 2);
        }
    }

    private static List<Caller.Reply> together(List<Callable<Caller.Reply>> calls)
            throws Exception {
        var start = new CyclicBarrier(calls.size());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var replies = new ArrayList<Future<Caller.Reply>>();
            for (var call : calls) {
                replies.add(
                        threads.submit(() -> {
                            start.await();
                            return call.call();
                        }));
            }
            var results = new ArrayList<Caller.Reply>();
            for (var reply : replies) {
                results.add(reply.get());
            }
            return results;
        }
    }

    /** After the longest time that inquiry may miss it, an effect is there, or never was. */
    private void assertStands(String reference, boolean effective) throws IOException {
        world.clock.step(Duration.ofSeconds(60));
        var inquired = world.caller.inquire(reference);
        assertThat(inquired.text("status")).isEqualTo(effective ? "approved" : "not_found");
        assertThat(world.effects(reference))
                .isEqualTo(effective ? List.of("authorized", "captured") : List.of());
    }
}
