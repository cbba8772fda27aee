package dev.paygateway.chaos.drill;

import dev.paygateway.chaos.load.Mix;
import dev.paygateway.chaos.load.Via;
import java.time.Duration;
import java.util.List;

/**
 * The table at the top of a page: what the drill is played on and with, and what it must keep.
 *
 * @param drill its name, that of the file too
 * @param regions of the lab, 1 or 2
 * @param ratePerSecond payments a second, each client
 * @param clients the loads that run side by side
 * @param warm how long payments flow before the first block; nobody judges them by the clock
 * @param settle how long the audit waits for what is open
 */
record Frame(
        String drill,
        int regions,
        double ratePerSecond,
        Mix mix,
        List<Via> clients,
        Duration warm,
        Duration settle,
        Bounds bounds) {
    Frame {
        clients = List.copyOf(clients);
    }
}
