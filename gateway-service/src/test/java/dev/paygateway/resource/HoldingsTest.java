package dev.paygateway.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Goal: whatever is held shows in the gauge, and what nobody will release any more is named in the
 * log and in a recording, with the place that acquired it.
 *
 * <p>Method: leaks made on purpose, in a ledger of the test's own; the garbage collector is asked
 * until it has been.
 */
class HoldingsTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final String PLACE = HoldingsTest.class.getName() + ".leak";

    @TempDir Path folder = Path.of("");

    private final Holdings holdings = new Holdings();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Logger logger = (Logger) LoggerFactory.getLogger(Holdings.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        holdings.bindTo(meters);
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void endListening() {
        logger.detachAppender(log);
    }

    @Test
    void countsWhatIsOpenAndStrikesOffWhatIsReleased() throws SQLException {
        try (var _ = holdings.hold(session(() -> {}))) {
            assertThat(open("connection")).isEqualTo(1);
            assertThat(open("lock")).isZero();
            await().until(() -> oldest() > 0);
        }
        assertThat(open("connection")).isZero();
        assertThat(oldest()).isZero();
    }

    @Test
    void strikesOffWhatFailsToClose() {
        var held =
                hold(() -> {
                    throw new SQLException("broken");
                });
        assertThatThrownBy(held::close).isInstanceOf(SQLException.class);
        assertThat(open("connection")).isZero();
    }

    @Test
    void namesTheLeakOfAThreadThatHasEnded() throws Exception {
        try (var recording = recording()) {
            var kept = new HeldConnection[1];
            Thread.ofVirtual().start(() -> kept[0] = leak()).join();
            holdings.look(LONG);
            assertThat(log.list).as("it may be on its way to another thread").isEmpty();
            holdings.look(LONG);
            holdings.look(LONG);
            isNamedOnce("its thread has ended", recording);
            kept[0].close();
        }
        assertThat(open("connection")).isZero();
    }

    @Test
    void namesTheLeakOfAHandleThatNobodyCanReach() throws Exception {
        try (var recording = recording()) {
            leak();
            await().until(() -> {
                System.gc();
                holdings.look(LONG);
                return !log.list.isEmpty();
            });
            isNamedOnce("nobody can reach it", recording);
        }
    }

    private void isNamedOnce(String why, Recording recording) throws IOException {
        assertThat(log.list)
                .singleElement()
                .asString()
                .contains("leaked, " + why, HoldingsTest.class.getName());
        assertThat(open("connection")).as("it is still taken").isEqualTo(1);
        assertThat(events(recording, "Leaked"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getString("kind")).isEqualTo("connection");
                    assertThat(event.getString("place")).contains(PLACE);
                });
    }

    @Test
    void namesWhoHoldsForTooLongWhereItStands() throws Exception {
        try (var recording = recording();
                var _ = holdings.hold(session(() -> {}))) {
            holdings.look(Duration.ZERO);
            holdings.look(Duration.ZERO);
            assertThat(log.list)
                    .singleElement()
                    .asString()
                    .contains("held for 0 s", HoldingsTest.class.getName());
            assertThat(events(recording, "HeldTooLong")).hasSize(1);
        }
    }

    @Test
    void recordsHowLongEachWasHeld() throws Exception {
        try (var recording = recording()) {
            leak().close();
            assertThat(events(recording, "Held"))
                    .singleElement()
                    .satisfies(event -> assertThat(event.getDuration()).isPositive());
        }
    }

    @Test
    void notesEveryPlaceOnceAKindHasLeaked() throws Exception {
        Thread.ofVirtual().start(() -> leak()).join();
        holdings.look(LONG);
        holdings.look(LONG);
        for (var each = 0; each < 1_000; each++) {
            assertThat(holdings.isTracing(Kind.CONNECTION)).isTrue();
        }
    }

    @Test
    void refusesADeedThatNeedsEmptyHands() throws Exception {
        var kinds = Set.of(Kind.CONNECTION, Kind.LOCK);
        try (var _ = holdings.hold(session(() -> {}))) {
            assertThatThrownBy(() -> holdings.refuseHolding(kinds, "an acquirer was asked"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("while this thread holds connection");
            holdings.refuseHolding(Set.of(Kind.LOCK), "another kind");
            Thread.ofVirtual().start(() -> holdings.refuseHolding(kinds, "another thread")).join();
        }
        holdings.refuseHolding(kinds, "nothing is held");
    }

    private HeldConnection leak() {
        return hold(() -> {});
    }

    @SuppressWarnings("MustBeClosedChecker") // the leak
    private HeldConnection hold(End end) {
        return holdings.hold(session(end));
    }

    private double open(String kind) {
        return meters.get("gateway.resources.open").tag("kind", kind).gauge().value();
    }

    private double oldest() {
        return meters.get("gateway.resources.oldest")
                .tag("kind", "connection")
                .timeGauge()
                .value(TimeUnit.MILLISECONDS);
    }

    private static Recording recording() {
        var recording = new Recording();
        recording.enable("dev.paygateway.Leaked");
        recording.enable("dev.paygateway.HeldTooLong");
        recording.enable("dev.paygateway.Held");
        recording.start();
        return recording;
    }

    private List<RecordedEvent> events(Recording recording, String name) throws IOException {
        recording.stop();
        var file = folder.resolve(name);
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals("dev.paygateway." + name))
                .toList();
    }

    /** How a session ends; nothing else is asked of it here. */
    private interface End {
        void run() throws SQLException;
    }

    private static Connection session(End end) {
        return (Connection)
                Proxy.newProxyInstance(
                        HoldingsTest.class.getClassLoader(),
                        new Class<?>[] {Connection.class},
                        (_, _, _) -> {
                            end.run();
                            return null;
                        });
    }
}
