package dev.paygateway.chaos.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What a load saw.
 *
 * @param payments requests to pay, twins and replays not counted
 * @param acknowledged HTTP answers 200, 201 and 202 to money requests
 * @param approved payments
 * @param declined payments, truly: by the issuer
 * @param notProcessed payments proved not charged (402 {@code not_processed}, {@code reversed})
 * @param refusals calls refused as wrong, by code, wanted ones included
 * @param unknownSeen money requests of which some answer left the outcome open
 * @param failed payments that 30 s of repeats with one key brought neither to ok nor to a decline
 * @param failedOrdinary those of them whose card does not cause it
 * @param firstTryFailed payments whose first request was neither accepted nor refused
 * @param disagreements twins or replays answered otherwise than the first, reads that went back,
 *     another amount under a used key accepted
 * @param open payments and operations with no final state at the end, and customers that broke
 * @param latency of payments with ordinary cards, from the time they should have arrived
 * @param ratePerSecond arrivals a second as achieved
 */
public record LoadResult(
        long seed,
        long payments,
        long acknowledged,
        long approved,
        long declined,
        long notProcessed,
        Map<String, Long> refusals,
        long unknownSeen,
        long failed,
        long failedOrdinary,
        long firstTryFailed,
        long disagreements,
        long open,
        Latency latency,
        double ratePerSecond,
        Path history) {
    /** Durations of many calls. */
    public record Latency(Duration p50, Duration p99, Duration max) {}

    public LoadResult {
        refusals = Map.copyOf(refusals);
    }

    /** Every payment and operation ended, and something was acknowledged at all. */
    public boolean resolved() {
        return open == 0 && acknowledged > 0;
    }

    /** Resolved, and nothing contradicted itself. */
    public boolean passed() {
        return resolved() && disagreements == 0;
    }
}
