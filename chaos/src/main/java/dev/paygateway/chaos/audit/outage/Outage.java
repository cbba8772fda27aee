package dev.paygateway.chaos.audit.outage;

import dev.paygateway.chaos.audit.evidence.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What one fault cost, as the client saw it.
 *
 * @param countedFrom when the fault began; of one that leaves nobody to serve, when it ended
 * @param gap the longest time without a served request, from or after that moment
 * @param gapsByRegion the same of what each region answered; of a region that is down by intent it
 *     is no measure of anything
 * @param gapsByHistory the same of each client by itself, where there are several; without those
 *     that know one region only
 * @param rateBack how long until the rate was back; absent while it is not
 */
public record Outage(
        Fault fault,
        Instant countedFrom,
        Duration gap,
        Map<String, Duration> gapsByRegion,
        Map<String, Duration> gapsByHistory,
        Optional<Duration> rateBack) {
    public Outage {
        gapsByRegion = Map.copyOf(gapsByRegion);
        gapsByHistory = Map.copyOf(gapsByHistory);
    }
}
