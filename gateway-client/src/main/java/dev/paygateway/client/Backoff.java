package dev.paygateway.client;

import java.time.Duration;

/**
 * Doubling waits with jitter: before repeat n between half and all of {@code base * 2^(n-1)}.
 *
 * @param base the longest first wait
 * @param max the longest wait of all
 */
public record Backoff(Duration base, Duration max) {
    private static final Duration BASE = Duration.ofMillis(100);
    private static final Duration MAX = Duration.ofSeconds(4);
    private static final int DOUBLINGS_MAX = 20;

    public Backoff {
        if (!base.isPositive() || max.compareTo(base) < 0) {
            throw new IllegalArgumentException(
                    "backoff from %s to %s: give a base over zero and no more than the maximum"
                            .formatted(base, max));
        }
    }

    public static Backoff standard() {
        return new Backoff(BASE, MAX);
    }

    /**
     * The wait before a repeat.
     *
     * @param repeat 1 for the first
     * @param dice in [0, 1)
     */
    Duration before(int repeat, double dice) {
        int doublings = Math.min(repeat - 1, DOUBLINGS_MAX);
        long full = Math.min(max.toNanos(), base.toNanos() << doublings);
        return Duration.ofNanos((long) (full * (0.5 + dice / 2)));
    }
}
