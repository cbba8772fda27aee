package dev.paygateway.chaos.drill;

import dev.paygateway.chaos.load.Via;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What the figures of a drill may be at most; beyond any of them it has failed.
 *
 * @param rto the longest gap between two successes from the fault on, a client
 * @param rateBack until 99 % of the payments that arrive are answered again
 * @param failedMax payments that 30 s of repeats brought to no end
 * @param acknowledgedMin a drill that did less has tested nothing
 */
record Bounds(
        Map<Via, Duration> rto, Optional<Duration> rateBack, long failedMax, long acknowledgedMin) {
    Bounds {
        rto = Map.copyOf(rto);
    }
}
