package dev.paygateway.resource;

import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits at the start for parts that are still coming up, for a bounded time, and says so. */
final class Patience {
    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);

    private final int triesMax;
    private final Duration pause;

    Patience(int triesMax, Duration pause) {
        this.triesMax = triesMax;
        this.pause = pause;
    }

    /** The part is not there yet; another try may find it. */
    static final class NotYet extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotYet(String why) {
            super(why);
        }

        NotYet(String why, Throwable cause) {
            super(why, cause);
        }
    }

    /**
     * The first result; fails with {@link StartRefused} when it stays away.
     *
     * @param part what is waited for, in a log line
     * @param remedy what to do if it does not come
     */
    <T> T await(String part, String remedy, Supplier<T> attempt) {
        for (var tries = 1; ; tries++) {
            try {
                return attempt.get();
            } catch (NotYet notYet) {
                if (tries >= triesMax || Thread.currentThread().isInterrupted()) {
                    throw new StartRefused(part + ": " + notYet.getMessage(), remedy, notYet);
                }
                LOG.warn(
                        "waiting for {}: {} (try {} of {})",
                        part,
                        notYet.getMessage(),
                        tries,
                        triesMax);
                Pause.of(pause);
            }
        }
    }
}
