package dev.paygateway.chaos.report;

import java.time.Duration;
import java.util.List;

/**
 * What one client of a drill saw.
 *
 * @param name by which addresses it paid: both, dns
 * @param acknowledged answers 2xx to money requests
 * @param failed payments that 30 s of repeats brought to no end, ordinary cards only
 * @param firstTryFailed payments whose first request was neither accepted nor refused
 * @param unknownSeen requests of which some answer left the outcome open
 * @param open payments and operations without a final state at the end
 */
public record ClientView(
        String name,
        Outage outage,
        long payments,
        long acknowledged,
        long failed,
        long firstTryFailed,
        long unknownSeen,
        long open,
        Duration p50,
        Duration p99,
        Duration max,
        List<Second> seconds) {
    public ClientView {
        seconds = List.copyOf(seconds);
    }
}
