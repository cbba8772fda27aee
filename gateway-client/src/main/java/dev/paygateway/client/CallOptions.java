package dev.paygateway.client;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * What one call may do differently.
 *
 * @param first the address to begin with; absent: the one that answered last
 * @param patience {@code Prefer: wait}: how long the gateway may work before it answers, 1 to 8 s
 * @param total bound of all tries together; absent: that of the client
 * @param isRepeat an earlier call, of this process or of one that is gone, was made with the key; a
 *     gateway that cannot look then says {@code unknown}, not {@code no}
 */
public record CallOptions(
        Optional<URI> first,
        Optional<Duration> patience,
        Optional<Duration> total,
        boolean isRepeat,
        ExchangeListener listener) {
    private static final Duration WAIT_MAX = Duration.ofSeconds(8);

    public CallOptions {
        patience.ifPresent(CallOptions::check);
    }

    public static CallOptions standard() {
        return new CallOptions(
                Optional.empty(), Optional.empty(), Optional.empty(), false, ExchangeListener.NONE);
    }

    public CallOptions startingAt(URI address) {
        return new CallOptions(Optional.of(address), patience, total, isRepeat, listener);
    }

    public CallOptions waitingUpTo(Duration longest) {
        return new CallOptions(first, Optional.of(longest), total, isRepeat, listener);
    }

    public CallOptions within(Duration bound) {
        return new CallOptions(first, patience, Optional.of(bound), isRepeat, listener);
    }

    /** For an order whose key may have been sent before, say by a process that has died. */
    public CallOptions repeating() {
        return new CallOptions(first, patience, total, true, listener);
    }

    public CallOptions heardBy(ExchangeListener other) {
        return new CallOptions(first, patience, total, isRepeat, other);
    }

    private static void check(Duration wait) {
        if (wait.toSeconds() < 1 || wait.compareTo(WAIT_MAX) > 0) {
            throw new IllegalArgumentException("wait is %s: give 1 s to 8 s".formatted(wait));
        }
    }
}
