package dev.paygateway.chaos.recording;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/** How many of a kind were released while it was recorded, and how long they had been held. */
public record HeldTimes(long count, Duration p50, Duration p99, Duration max) {
    private static final double MEDIAN = 50;
    private static final double TAIL = 99;

    static HeldTimes of(Histogram nanos) {
        return new HeldTimes(
                nanos.getTotalCount(),
                Duration.ofNanos(nanos.getValueAtPercentile(MEDIAN)),
                Duration.ofNanos(nanos.getValueAtPercentile(TAIL)),
                Duration.ofNanos(nanos.getMaxValue()));
    }
}
