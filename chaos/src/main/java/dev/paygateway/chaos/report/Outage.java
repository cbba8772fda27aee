package dev.paygateway.chaos.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long a client was without the service.
 *
 * @param from the last success before the longest gap, or the fault where there was none
 * @param rto length of that gap
 * @param back from its fault until 99 % of the rate was there again; nothing if it never was
 */
public record Outage(Instant from, Duration rto, Optional<Duration> back) {
    Instant until() {
        return from.plus(rto);
    }
}
