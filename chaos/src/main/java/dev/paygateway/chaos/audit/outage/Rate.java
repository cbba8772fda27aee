package dev.paygateway.chaos.audit.outage;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When the rate was back after a fault: of the payments asked for in ten seconds, as large a share
 * was served at once as before it. The load is an open loop, so that share is the rate.
 */
final class Rate {
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final Duration BASELINE = Duration.ofSeconds(30);
    private static final Duration STEP = Duration.ofSeconds(1);

    /** What was asked for in the last seconds before the fault may have been answered in it. */
    private static final Duration BASELINE_MARGIN = Duration.ofSeconds(5);

    /** Fewer payments before the fault say nothing about the share that is normal. */
    private static final long BASELINE_MIN = 20;

    private final Pulse pulse;
    private final double shareMin;

    Rate(Pulse pulse, Instant injected, double shareOfBaseline) {
        this.pulse = pulse;
        shareMin = shareOfBaseline * baseline(injected);
    }

    private double baseline(Instant injected) {
        var until = injected.minus(BASELINE_MARGIN).toEpochMilli();
        var from = injected.minus(BASELINE_MARGIN).minus(BASELINE).toEpochMilli();
        var asked = pulse.asked(from, until);
        return asked < BASELINE_MIN ? 1 : pulse.servedAtOnce(from, until) / (double) asked;
    }

    /** How long it took; nothing if the rate was not back before the load ended. */
    Optional<Duration> backAfter(Instant from, Instant loadEnded) {
        var last = loadEnded.minus(WINDOW).plus(STEP);
        for (var start = from; !start.isAfter(last); start = start.plus(STEP)) {
            if (isBack(start)) {
                return Optional.of(Duration.between(from, start));
            }
        }
        return Optional.empty();
    }

    /** Whether the load went on long enough to tell. */
    static boolean isMeasurable(Instant from, Duration within, Instant loadEnded) {
        return !loadEnded.isBefore(from.plus(within).plus(WINDOW));
    }

    /** One payment more or less is the granularity of a window, not a loss of rate. */
    private boolean isBack(Instant start) {
        var from = start.toEpochMilli();
        var until = start.plus(WINDOW).toEpochMilli() - 1;
        var asked = pulse.asked(from, until);
        return asked > 0 && pulse.servedAtOnce(from, until) >= Math.floor(shareMin * asked);
    }
}
