package dev.paygateway.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.paygateway.testing.GeneratedPage;
import dev.paygateway.testing.Sandbox;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * Goal: whatever way a block is left, what it held is released by somebody, within a bound.
 *
 * <p>Method: one block that holds one of each kind, left in every way that there is; the row lock
 * is looked at from outside, by another session. Where the process dies, it is a real one.
 */
class ReleasePathsTest {
    private static final Sandbox SANDBOX = Sandbox.shared();
    private static final Seats SEATS = seats();
    private static final String ROLE = "gateway-app";
    private static final int LEASE_S = 6;
    private static final Duration LEASE_END = Duration.ofSeconds(LEASE_S + 10);
    private static final List<Kind> KINDS =
            List.of(Kind.CONNECTION, Kind.LOCK, Kind.PERMIT, Kind.MEMORY);

    @TempDir Path folder = Path.of("");

    private final Holdings holdings = Holdings.ofProcess();
    private final Locks locks = new Locks(holdings);
    private final Permits permits = new Permits(holdings, "step", 1);
    private final Queue<Throwable> failedReleases = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<FileChannel> held = new CompletableFuture<>();
    private final CompletableFuture<Void> mayLeave = new CompletableFuture<>();
    private volatile Thread worker = Thread.currentThread();
    private volatile boolean isOver;

    /** Flyway wants the schema first. */
    private static Seats seats() {
        SANDBOX.migrate();
        return new Seats(SANDBOX);
    }

    @AfterAll
    static void end() {
        SANDBOX.vault().lend(ROLE, 3_600, 14_400);
        SEATS.close();
    }

    static Stream<ReleasePath> inThisProcess() {
        return Stream.of(ReleasePath.values()).filter(path -> !path.endsProcess());
    }

    static Stream<ReleasePath> ofAProcess() {
        return Stream.of(ReleasePath.values()).filter(ReleasePath::endsProcess);
    }

    @ParameterizedTest
    @MethodSource("inThisProcess")
    void isReleasedInThisProcess(ReleasePath path) throws Exception {
        try (var parts = TestParts.of(SANDBOX, new SimpleMeterRegistry());
                var pools = new Pools(parts.parts(), TestParts.IMPATIENT);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var work = threads.submit(() -> hold(pools, path));
            var file = held.get();
            assertThat(SEATS.isFree(path)).isFalse();
            leave(path, work);
            await().atMost(path.within()).until(() -> SEATS.isFree(path) && isAllGivenBack(file));
            assertThat(failedReleases)
                    .hasSizeLessThanOrEqualTo(losesItsSession(path) ? 1 : 0)
                    .allMatch(failure -> failure instanceof SQLException);
        }
    }

    /** It cannot be rolled back by a thread that is still interrupted: its socket closes. */
    private static boolean losesItsSession(ReleasePath path) {
        return path == ReleasePath.DEADLINE || path == ReleasePath.ENDLESS_LOOP;
    }

    @SuppressWarnings("MustBeClosedChecker") // the scope owns them
    private Void hold(Pools pools, ReleasePath path) throws Exception {
        worker = Thread.currentThread();
        try (var scope = new Scope(failedReleases::add)) {
            scope.own(() -> locks.hold("seat", Duration.ZERO));
            scope.own(() -> permits.take(Duration.ZERO));
            scope.own(() -> new SecretBytes(holdings, "key", new byte[1]));
            var file = scope.own(() -> FileChannel.open(Files.createFile(folder.resolve("file"))));
            var session = scope.own(pools::acquire).connection();
            Seats.take(session, path);
            held.complete(file);
            work(path, session);
        } finally {
            held.completeExceptionally(new IllegalStateException("it was never held"));
        }
        return null;
    }

    private void work(ReleasePath path, Connection session) throws Exception {
        switch (path) {
            case RETURN -> mayLeave.join();
            case EXCEPTION -> {
                mayLeave.join();
                throw new IOException("the work's own");
            }
            case ERROR -> {
                mayLeave.join();
                throw new StackOverflowError("the work's own");
            }
            case INTERRUPT, CANCEL -> new CountDownLatch(1).await();
            case TIMEOUT -> {
                try (var statement = session.createStatement()) {
                    statement.execute("SELECT SLEEP(60)");
                }
            }
            case DEADLINE -> {
                while (!Thread.currentThread().isInterrupted()) {
                    Thread.onSpinWait();
                }
            }
            case ENDLESS_LOOP -> {
                while (!isOver) {
                    Thread.onSpinWait();
                }
            }
            case EXIT, HALT, KILL, POWER_LOSS -> throw new IllegalArgumentException(path.name());
        }
    }

    private void leave(ReleasePath path, Future<?> work) throws Exception {
        switch (path) {
            case INTERRUPT -> worker.interrupt();
            case CANCEL -> work.cancel(true);
            case DEADLINE -> {
                assertThatThrownBy(() -> work.get(100, TimeUnit.MILLISECONDS))
                        .isInstanceOf(TimeoutException.class);
                work.cancel(true);
            }
            case ENDLESS_LOOP -> {
                work.cancel(true);
                try {
                    await().atMost(path.within()).until(() -> SEATS.isFree(path));
                    isNamed();
                } finally {
                    isOver = true; // else the test would be as endless
                }
            }
            default -> mayLeave.complete(null);
        }
    }

    /** What the watch of the ledger does once a second. */
    private void isNamed() {
        var logger = (Logger) LoggerFactory.getLogger(Holdings.class);
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        logger.addAppender(log);
        holdings.look(Duration.ofMillis(1));
        logger.detachAppender(log);
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .allMatch(line -> line.startsWith("held for"))
                .anyMatch(line -> line.contains("lock seat"))
                .anyMatch(line -> line.contains("permit step"))
                .anyMatch(line -> line.contains("connection database"));
    }

    private boolean isAllGivenBack(FileChannel file) {
        return !file.isOpen() && KINDS.stream().allMatch(kind -> holdings.count(kind) == 0);
    }

    @ParameterizedTest
    @MethodSource("ofAProcess")
    void isReleasedWhenTheProcessEnds(ReleasePath path) throws IOException {
        SANDBOX.vault().lend(ROLE, LEASE_S, 14_400);
        try (var process = new SeatProcess(SANDBOX, path, folder.resolve("log"))) {
            assertThat(SEATS.isFree(path)).isFalse();
            process.end(path);
            await().atMost(path.within()).until(() -> SEATS.isFree(path) && !process.hasSession());
            var userEnd = path == ReleasePath.EXIT ? path.within() : LEASE_END;
            await().atMost(userEnd).until(() -> !process.hasUser());
            var isAlive = path == ReleasePath.POWER_LOSS;
            await().atMost(path.within()).until(() -> process.isAlive() == isAlive);
        }
    }

    /** Longer than a test can wait for. */
    @Test
    void theServerKnowsWhenASilentSessionIsOver() throws SQLException {
        try (var parts = TestParts.of(SANDBOX, new SimpleMeterRegistry());
                var pools = new Pools(parts.parts(), TestParts.IMPATIENT);
                var session = pools.acquire();
                var statement = session.connection().createStatement();
                var row = statement.executeQuery("SELECT @@wait_timeout")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getLong(1)).isEqualTo(Duration.ofMinutes(11).toSeconds());
        }
    }

    @Test
    void drawsThePage() throws IOException {
        GeneratedPage.hold("release-paths.md", ReleasePath.toMarkdown(), ReleasePathsTest.class);
    }
}
