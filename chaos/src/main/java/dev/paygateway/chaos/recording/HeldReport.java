package dev.paygateway.chaos.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.HdrHistogram.Histogram;

/**
 * What the service's ledger told a recording. Its events are known by name and field alone: no code
 * is shared with the service.
 *
 * @param released by kind
 * @param oldest what was open at the last look, the oldest first
 * @param leaked while it was recorded
 * @param heldTooLong found so while it was recorded
 */
public record HeldReport(
        Map<String, HeldTimes> released,
        List<Holder> oldest,
        List<Holder> leaked,
        List<Holder> heldTooLong) {
    private static final String PREFIX = "dev.paygateway.";

    /** The ledger is told once a second, in one go. */
    private static final Duration ONE_LOOK = Duration.ofMillis(500);

    private static final int DIGITS = 3;

    public HeldReport {
        released = Map.copyOf(released);
        oldest = List.copyOf(oldest);
        leaked = List.copyOf(leaked);
        heldTooLong = List.copyOf(heldTooLong);
    }

    /**
     * Reads a recording, of whatever length, event by event.
     *
     * @throws IOException the file cannot be read, or is no recording
     */
    public static HeldReport read(Path recording) throws IOException {
        var reader = new Reader();
        try (var events = new RecordingFile(recording)) {
            while (events.hasMoreEvents()) {
                reader.take(events.readEvent());
            }
        }
        return reader.report();
    }

    private record Seen(Instant at, Holder holder) {}

    /** Events come in no order. */
    private static final class Reader {
        private final Map<String, Histogram> held = new TreeMap<>();
        private final List<Holder> leaked = new ArrayList<>();
        private final List<Holder> heldTooLong = new ArrayList<>();
        private final List<Seen> open = new ArrayList<>();
        private Instant lastLook = Instant.MIN;

        void take(RecordedEvent event) {
            switch (event.getEventType().getName()) {
                case PREFIX + "Held" ->
                        held.computeIfAbsent(event.getString("kind"), _ -> new Histogram(DIGITS))
                                .recordValue(event.getDuration().toNanos());
                case PREFIX + "Open" -> look(new Seen(event.getStartTime(), Holder.of(event)));
                case PREFIX + "Leaked" -> leaked.add(Holder.of(event));
                case PREFIX + "HeldTooLong" -> heldTooLong.add(Holder.of(event));
                default -> {
                    // The JVM's own, of which a recording always has some.
                }
            }
        }

        /** Keeps the last look alone: a recording may be long. */
        private void look(Seen seen) {
            if (seen.at().isAfter(lastLook)) {
                lastLook = seen.at();
                open.removeIf(each -> each.at().isBefore(lastLook.minus(ONE_LOOK)));
            }
            if (!seen.at().isBefore(lastLook.minus(ONE_LOOK))) {
                open.add(seen);
            }
        }

        HeldReport report() {
            var released = new TreeMap<String, HeldTimes>();
            held.forEach((kind, nanos) -> released.put(kind, HeldTimes.of(nanos)));
            var oldest =
                    open.stream()
                            .map(Seen::holder)
                            .sorted(Comparator.comparing(Holder::age).reversed())
                            .toList();
            return new HeldReport(released, oldest, leaked, heldTooLong);
        }
    }
}
