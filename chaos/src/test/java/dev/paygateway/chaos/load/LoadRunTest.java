package dev.paygateway.chaos.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Goal: a load follows everything to its end, writes all of it down, and notices a gateway that
 * contradicts itself.
 *
 * <p>Method: two instances of a small gateway over real TLS, sound or with one flaw; pauses of the
 * load take no time.
 */
class LoadRunTest {
    private static final long SEED = 7;
    private static final int CLIENTS = 16;

    @TempDir private Path folder;

    @Test
    void followsEverythingToItsEnd() throws Exception {
        try (var test = new TestSite(folder, TestBook.Flaw.NONE)) {
            var result = run(test, 200, Duration.ofSeconds(1));

            assertThat(result.passed()).as("%s", result).isTrue();
            assertThat(result.payments()).isEqualTo(200);
            assertThat(result.declined()).isPositive();
            assertThat(result.refusals()).containsKey("idempotency_key_reused");
            assertThat(test.book().charges()).isEqualTo(200);
        }
    }

    @Test
    void writesALineBeforeEachRequestAndOneAfter() throws Exception {
        try (var test = new TestSite(folder, TestBook.Flaw.NONE)) {
            run(test, 100, Duration.ofSeconds(1));
        }
        var lines = lines();
        var open = new HashMap<Long, JsonNode>();
        for (var line : lines.subList(1, lines.size() - 1)) {
            if ("invoke".equals(word(line, "type"))) {
                assertThat(open.put(call(line), line)).isNull();
            } else {
                assertThat(word(line, "type")).isIn("ok", "ack", "fail", "info");
                var invoke = open.remove(call(line));
                assertThat(invoke).isNotNull();
                assertThat(line.path("mono_ns").asLong(0))
                        .isGreaterThanOrEqualTo(invoke.path("mono_ns").asLong(0));
            }
        }
        assertThat(open).isEmpty();
        assertThat(word(lines.getFirst(), "type")).isEqualTo("run");
        assertThat(lines.getFirst().path("seed").asLong(0)).isEqualTo(SEED);
        assertThat(word(lines.getLast(), "type")).isEqualTo("end");
    }

    @Test
    void endsEachPaymentWithAFinalRead() throws Exception {
        try (var test = new TestSite(folder, TestBook.Flaw.NONE)) {
            run(test, 100, Duration.ofSeconds(1));
        }
        var last = new HashMap<String, JsonNode>();
        lines().stream()
                .filter(line -> word(line, "payment").startsWith("pay_"))
                .filter(line -> !"invoke".equals(word(line, "type")))
                .forEach(line -> last.put(word(line, "payment"), line));

        assertThat(last).hasSize(100);
        assertThat(last.values()).allMatch(line -> "get".equals(word(line, "op")));
        assertThat(last.values()).allMatch(line -> line.has("captured"));
        assertThat(last.values())
                .noneMatch(line -> List.of("unknown", "processing").contains(word(line, "status")));
    }

    @Test
    void writesTheVersionOfEachAnswerAboutAPayment() throws Exception {
        try (var test = new TestSite(folder, TestBook.Flaw.NONE)) {
            run(test, 100, Duration.ofSeconds(1));
        }
        var about = lines().stream().filter(line -> "ok".equals(word(line, "type"))).toList();
        assertThat(about).extracting(line -> word(line, "op")).contains("pay", "refund", "get");
        assertThat(about).allMatch(line -> line.path("version").asLong(0) > 0);
    }

    @Test
    void writesNoCardNumber() throws Exception {
        try (var test = new TestSite(folder, TestBook.Flaw.NONE)) {
            run(test, 50, Duration.ofSeconds(1));
        }
        assertThat(Files.readString(history())).doesNotContain("42424242", "40000000");
    }

    @Test
    void noticesThatAKeyWorksTwice() throws Exception {
        try (var test = new TestSite(folder, TestBook.Flaw.IDEMPOTENCY_OFF)) {
            var result = run(test, 100, Duration.ofSeconds(1));

            assertThat(result.disagreements()).isPositive();
            assertThat(result.passed()).isFalse();
        }
    }

    @Test
    void failsIfSomethingIsNeverResolved() throws Exception {
        try (var test = new TestSite(folder, TestBook.Flaw.NEVER_FINAL)) {
            var result = run(test, 200, Duration.ofSeconds(1));

            assertThat(result.open()).isPositive();
            assertThat(result.failed()).isPositive();
            assertThat(result.failedOrdinary()).isZero();
            assertThat(result.resolved()).isFalse();
        }
    }

    @Test
    void racesToOnePaymentAndOneAnswer() {
        try (var test = new TestSite(folder, TestBook.Flaw.NONE)) {
            assertThat(Races.run(test.site(), new Batch(10, 2, history()), 8).passed()).isTrue();
            assertThat(test.book().charges()).isEqualTo(10);
        }
    }

    @Test
    void noticesARaceWithTwoWinners() {
        try (var test = new TestSite(folder, TestBook.Flaw.IDEMPOTENCY_OFF)) {
            var verdict = Races.run(test.site(), new Batch(3, 1, history()), 8);

            assertThat(verdict.divided()).isEqualTo(3);
            assertThat(verdict.different()).isEqualTo(3);
        }
    }

    @Test
    void refundsNoMoreThanWasCaptured() {
        try (var test = new TestSite(folder, TestBook.Flaw.NONE)) {
            var verdict = Refunds.run(test.site(), new Batch(10, 2, history()));

            assertThat(verdict).isEqualTo(new Refunds.Verdict(10, 40, 20, 0, 0, 0));
        }
    }

    @Test
    void noticesRefundsBeyondTheCapture() {
        try (var test = new TestSite(folder, TestBook.Flaw.REFUNDS_UNBOUNDED)) {
            assertThat(Refunds.run(test.site(), new Batch(3, 1, history())).over()).isEqualTo(3);
        }
    }

    private LoadResult run(TestSite test, double rate, Duration length)
            throws InterruptedException {
        var options =
                new LoadOptions(
                        rate,
                        length,
                        SEED,
                        Mix.ALL,
                        CLIENTS,
                        Duration.ofSeconds(60),
                        history(),
                        Map.of());
        return LoadRun.run(options, test.site(), new QuickWatch(), Progress.SILENT);
    }

    private Path history() {
        return folder.resolve("history").resolve("load.jsonl");
    }

    private List<JsonNode> lines() throws IOException {
        return Files.readAllLines(history()).stream().map(JsonMapper.shared()::readTree).toList();
    }

    private static String word(JsonNode line, String field) {
        return line.path(field).asString("");
    }

    private static long call(JsonNode line) {
        return line.path("call").asLong(0);
    }
}
