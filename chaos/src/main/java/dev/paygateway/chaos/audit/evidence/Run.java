package dev.paygateway.chaos.audit.evidence;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * One run of a load client: the first and last line of its history.
 *
 * @param name the history's file name
 * @param seed what the client drew its load from
 * @param ended when it ended; of a killed client, the time of the last line it wrote
 * @param keyPrefix what every idempotency key of the run begins with; empty if they share nothing
 */
public record Run(
        String name, OptionalLong seed, Instant started, Instant ended, String keyPrefix) {
    public boolean covers(Instant time) {
        return !time.isBefore(started) && !time.isAfter(ended);
    }
}
