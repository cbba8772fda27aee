package dev.paygateway.chaos.acquirer;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * How this acquirer misbehaves, decided by a printed seed.
 *
 * @param skipsFirst true for the acquirer that does not process card 0511
 * @param seed every throw is of (seed, reference), so that a repeat fares the same
 * @param window within which inquiry may miss an effect
 */
record Temper(boolean skipsFirst, long seed, Duration window) {
    /** For how long inquiry misses what card 0509 did. */
    static final Duration INVISIBLE = Duration.ofSeconds(60);

    /** From a refund of card 0510 to its return by the bank. */
    static final Duration RETURN_AFTER = Duration.ofSeconds(3);

    /** For how long such a refund calls itself provisional. */
    static final Duration PROVISIONAL = Duration.ofSeconds(5);

    /** Of the declared window, so that a caller who waits it out always finds the effect. */
    private static final double HIDDEN_SHARE_MAX = 0.8;

    /** For how long inquiry misses an approved authorisation. */
    Duration hides(SandboxCard card, String reference) {
        return switch (card.fault()) {
            case NONE, TWICE -> Duration.ZERO;
            case HANGS_AND_HIDES -> INVISIBLE;
            case ANSWERED_500, HANGS, RESET, LATE -> {
                long mixed = seed ^ ((long) reference.hashCode() * 0x9E3779B97F4A7C15L);
                double share = new SplittableRandom(mixed).nextDouble(HIDDEN_SHARE_MAX);
                yield Duration.ofMillis((long) (window.toMillis() * share));
            }
        };
    }
}
