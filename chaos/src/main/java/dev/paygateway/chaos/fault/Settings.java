package dev.paygateway.chaos.fault;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What the one who plays decides.
 *
 * @param seed draws who is hit where not all are meant
 * @param length instead of the manifest's own duration
 * @param addresses where hosts of the cluster are reached here: {@code host:port} to URL
 */
public record Settings(long seed, Optional<Duration> length, Map<String, URI> addresses) {
    public Settings {
        addresses = Map.copyOf(addresses);
    }

    public static Settings seeded(long seed) {
        return new Settings(seed, Optional.empty(), Map.of());
    }

    public Settings lasting(Duration other) {
        return new Settings(seed, Optional.of(other), addresses);
    }
}
