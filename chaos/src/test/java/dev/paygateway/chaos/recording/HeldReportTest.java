package dev.paygateway.chaos.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paygateway.chaos.lab.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.Recording;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: a recording is read right: what was released, what is open at its end and no earlier, what
 * leaked and what was held too long.
 *
 * <p>Method: a recording of this JVM with events of the service's names and fields. That the
 * service's own are those, a leak in a running instance shows ({@code LeakTest}).
 */
final class HeldReportTest {
    private static final Duration TWO_LOOKS = Duration.ofMillis(700);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir private Path folder;

    @Test
    void tellsWhatTheLedgerTold() throws IOException {
        var report = read(HeldReportTest::ledgerTells);
        assertThat(report.released()).containsOnlyKeys("connection", "lock");
        assertThat(report.released())
                .hasEntrySatisfying(
                        "connection",
                        times -> {
                            assertThat(times.count()).isEqualTo(2);
                            assertThat(times.p50()).isPositive().isLessThanOrEqualTo(times.max());
                        });
        assertThat(report.oldest())
                .extracting(Holder::place)
                .containsExactly("a.B.old\na.B.run", "a.B.young");
        assertThat(report.leaked())
                .containsExactly(
                        new Holder("connection", "n", "t", Duration.ofSeconds(3), "a.B.leak"));
        assertThat(report.heldTooLong()).extracting(Holder::place).containsExactly("");
    }

    @Test
    void tellsNothingOfARecordingWithoutEvents() throws IOException {
        var report = read(() -> {});
        assertThat(report.released()).isEmpty();
        assertThat(report.oldest()).isEmpty();
    }

    @Test
    void refusesWhatIsNoRecording() throws IOException {
        var file = Files.writeString(folder.resolve("no.jfr"), "no recording");
        assertThatThrownBy(() -> HeldReport.read(file)).isInstanceOf(IOException.class);
    }

    private HeldReport read(Runnable events) throws IOException {
        var file = folder.resolve("a.jfr");
        try (var recording = new Recording()) {
            recording.start();
            events.run();
            recording.stop();
            recording.dump(file);
        }
        return HeldReport.read(file);
    }

    private static void ledgerTells() {
        released("connection");
        released("connection");
        released("lock");
        tell(new Open(), 1, "of an earlier look");
        var from = System.nanoTime();
        Await.holds(LIMIT, () -> System.nanoTime() - from > TWO_LOOKS.toNanos());
        tell(new Open(), 1, "a.B.young");
        tell(new Open(), 5, "a.B.old\na.B.run");
        tell(new Leaked(), 3, "a.B.leak");
        tell(new HeldTooLong(), 4, null);
    }

    private static void released(String kind) {
        var held = new Held();
        held.begin();
        held.kind = kind;
        held.commit();
    }

    private static void tell(Placed event, int seconds, @Nullable String place) {
        event.kind = "connection";
        event.name = "n";
        event.holder = "t";
        event.age = Duration.ofSeconds(seconds).toNanos();
        event.place = place;
        event.commit();
    }

    @Name("dev.paygateway.Held")
    @StackTrace(false)
    static final class Held extends Event {
        @Nullable String kind;
    }

    @StackTrace(false)
    abstract static class Placed extends Event {
        @Nullable String kind;
        @Nullable String name;
        @Nullable String holder;

        @Timespan(Timespan.NANOSECONDS)
        long age;

        @Nullable String place;
    }

    @Name("dev.paygateway.Open")
    static final class Open extends Placed {}

    @Name("dev.paygateway.Leaked")
    static final class Leaked extends Placed {}

    @Name("dev.paygateway.HeldTooLong")
    static final class HeldTooLong extends Placed {}
}
