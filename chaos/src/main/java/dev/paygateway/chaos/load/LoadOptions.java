package dev.paygateway.chaos.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A load.
 *
 * @param ratePerSecond payments that arrive each second, whatever became of those before
 * @param length how long they arrive
 * @param seed of every choice
 * @param clientsMax customers at the same time; one that finds none free arrives late, and its
 *     latency counts from when it should have arrived
 * @param settle how long what is open is followed up at the end
 * @param history the file to write; must not exist
 * @param versions noted in the history
 */
public record LoadOptions(
        double ratePerSecond,
        Duration length,
        long seed,
        Mix mix,
        int clientsMax,
        Duration settle,
        Path history,
        Map<String, String> versions) {
    static final int CLIENTS_MAX = 512;

    /** An invisible effect shows after 60 s, recovery has 60 s more; the rest is for the way. */
    static final Duration SETTLE = Duration.ofMinutes(3);

    private static final double RATE_MAX = 10_000;

    public LoadOptions {
        if (!(ratePerSecond > 0 && ratePerSecond <= RATE_MAX)) {
            throw new IllegalArgumentException(
                    "rate is %s: give payments a second, up to %.0f"
                            .formatted(ratePerSecond, RATE_MAX));
        }
        if (!length.isPositive()) {
            throw new IllegalArgumentException(
                    "length is %s: give more than zero, e.g. 300s".formatted(length));
        }
        if (clientsMax < 1) {
            throw new IllegalArgumentException(
                    "clients is %d: give 1 or more".formatted(clientsMax));
        }
        if (settle.isNegative()) {
            throw new IllegalArgumentException("settle is %s: give 0s or more".formatted(settle));
        }
        versions = Map.copyOf(versions);
    }

    /** Everything but the essentials at its default. */
    public static LoadOptions of(double ratePerSecond, Duration length, long seed, Path history) {
        return new LoadOptions(
                ratePerSecond, length, seed, Mix.ALL, CLIENTS_MAX, SETTLE, history, Map.of());
    }

    /** Arrivals of the whole run. */
    int arrivals() {
        return (int) Math.max(1, Math.round(ratePerSecond * length.toNanos() / 1e9));
    }
}
