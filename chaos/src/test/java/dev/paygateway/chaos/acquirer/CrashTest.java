package dev.paygateway.chaos.acquirer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * Goal: however the process ends, an answer that left has its effects in the books, once.
 *
 * <p>Method: real processes, killed in the middle of a load of eight callers, or given a file that
 * cannot grow.
 */
class CrashTest {
    private static final String VISA = "4242424242424242";
    private static final int CALLERS = 8;
    private static final Duration END_MAX = Duration.ofSeconds(10);

    @TempDir private Path folder;
    private final Map<String, Caller.Reply> answered = new ConcurrentHashMap<>();
    private final AtomicInteger next = new AtomicInteger();
    private TestPki pki;
    private Path books;

    @BeforeEach
    void issue() {
        pki = new TestPki(folder, "authority");
        books = folder.resolve("amber.jsonl");
    }

    @Test
    void keepsEveryAnsweredEffectThroughKills() throws Exception {
        int port = 0;
        for (int round = 1; round <= 3; round++) {
            try (var process = AcquirerProcess.start(pki, books, port)) {
                port = process.ready();
                loadUntil(new CountDownLatch(100 + 37 * round), port, process);
            }
            assertThat(answered).hasSizeGreaterThanOrEqualTo(100 * round);
            assertEveryAnswerIsBookedOnce();
        }
        try (var process = AcquirerProcess.start(pki, books, port);
                var caller = new Caller(pki.caller(), process.ready())) {
            for (var entry : answered.entrySet()) {
                var repeat = caller.authorize(entry.getKey(), VISA, true);
                assertThat(repeat).isEqualTo(entry.getValue());
            }
            assertEveryAnswerIsBookedOnce();
        }
    }

    @Test
    void endsWithoutAnAnswerWhenItsDiskIsFull() throws Exception {
        try (var process = AcquirerProcess.startCramped(pki, books, 64)) {
            load(new CountDownLatch(Integer.MAX_VALUE), process.ready());
            assertThat(process.ends(END_MAX)).isEqualTo(1);
            assertThat(process.errors()).contains("the books broke");
        }
        assertThat(answered).hasSizeGreaterThan(20);
        assertEveryAnswerIsBookedOnce();
    }

    @Test
    void endsSoonOnSigtermAlthoughACallerWaits() throws Exception {
        try (var process = AcquirerProcess.start(pki, books, 0);
                var raw = new RawConnection(pki.caller(), process.ready())) {
            var body = Caller.authorisation("op_1", "4000000000030504", true);
            raw.send(RawConnection.post("authorizations", body));
            assertThat(raw.isSilentFor(Duration.ofMillis(300))).isTrue();
            process.terminate();
            assertThat(process.ends(END_MAX)).isEqualTo(128 + 15);
        }
        assertThat(effects()).containsEntry("op_1", List.of("authorized", "captured"));
    }

    @Test
    void letsNoSecondProcessWriteTheSameBooks() throws Exception {
        try (var first = AcquirerProcess.start(pki, books, 0)) {
            first.ready();
            try (var second = AcquirerProcess.start(pki, books, 0)) {
                assertThat(second.ends(END_MAX)).isEqualTo(1);
                assertThat(second.errors()).contains("in use by another process");
            }
        }
    }

    /** Loads until enough was answered, then kills in the middle of it. */
    private void loadUntil(CountDownLatch enough, int port, AcquirerProcess process)
            throws Exception {
        try (var killer = Executors.newSingleThreadExecutor()) {
            var killed =
                    killer.submit(() -> {
                        enough.await();
                        process.kill();
                        return true;
                    });
            load(enough, port);
            killed.get();
        }
    }

    /** Eight callers, each until its first failure. */
    private void load(CountDownLatch each, int port) throws Exception {
        try (var threads = Executors.newFixedThreadPool(CALLERS);
                var caller = new Caller(pki.caller(), port)) {
            var ends = new ArrayList<Future<?>>();
            for (int i = 0; i < CALLERS; i++) {
                ends.add(submit(threads, caller, each));
            }
            for (var end : ends) {
                end.get();
            }
        }
    }

    private Future<?> submit(ExecutorService threads, Caller caller, CountDownLatch each) {
        return threads.submit(() -> {
            boolean alive = true;
            while (alive) {
                alive = pays(caller);
                each.countDown();
            }
        });
    }

    private boolean pays(Caller caller) {
        var reference = "op_" + next.getAndIncrement();
        try {
            answered.put(reference, caller.authorize(reference, VISA, true));
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private void assertEveryAnswerIsBookedOnce() throws IOException {
        var effects = effects();
        assertThat(answered)
                .allSatisfy((reference, reply) -> {
                    assertThat(reply.text("status")).isEqualTo("approved");
                    assertThat(effects.get(reference)).containsExactly("authorized", "captured");
                });
    }

    /** The effects of whole lines, by reference. */
    private Map<String, List<String>> effects() throws IOException {
        var text = Files.readString(books);
        var effects = new ConcurrentHashMap<String, List<String>>();
        text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .map(JsonMapper.shared()::readTree)
                .filter(line -> line.path("entry").asString().equals("effect"))
                .forEach(line ->
                        effects.computeIfAbsent(
                                        line.path("reference").asString(), _ -> new ArrayList<>())
                                .add(line.path("effect").asString()));
        return effects;
    }
}
