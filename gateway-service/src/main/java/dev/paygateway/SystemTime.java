package dev.paygateway;

import dev.paygateway.payment.Time;
import dev.paygateway.resource.Pause;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The machine's clock, to the millisecond, as the database keeps it. A jump of it is not believed
 * at once: until it has lasted, time goes on at the pace of the monotonic clock (decision 13).
 */
final class SystemTime implements Time {
    /** Further apart than a clock that is slewed comes between two looks at it. */
    static final Duration JUMP = Duration.ofSeconds(1);

    /** A clock that was set right stays so; one that is played with comes back before. */
    static final Duration BELIEVED_AFTER = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(SystemTime.class);

    private final InstantSource wall;
    private final LongSupplier nanos;

    /** What is to be added to the monotonic clock, in milliseconds. */
    private long offset;

    private boolean isDoubted;
    private long doubtedSince;

    SystemTime() {
        this(Clock.tickMillis(ZoneOffset.UTC), System::nanoTime);
    }

    /**
     * Of other clocks.
     *
     * @param nanos goes on steadily, whatever is done to the first
     */
    SystemTime(InstantSource wall, LongSupplier nanos) {
        this.wall = wall;
        this.nanos = nanos;
        this.offset = wall.millis() - millis(nanos.getAsLong());
    }

    @Override
    public synchronized Instant now() {
        var steady = nanos.getAsLong();
        var shown = wall.millis() - millis(steady);
        if (Math.abs(shown - offset) <= JUMP.toMillis()) {
            offset = shown;
            isDoubted = false;
        } else if (!isDoubted) {
            isDoubted = true;
            doubtedSince = steady;
            LOG.warn("the clock jumped by {} ms; not believed before it lasts", shown - offset);
        } else if (steady - doubtedSince > BELIEVED_AFTER.toNanos()) {
            LOG.warn("the clock's jump by {} ms has lasted and is believed", shown - offset);
            offset = shown;
            isDoubted = false;
        }
        return Instant.ofEpochMilli(offset + millis(steady));
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    @Override
    public void pause(Duration duration) {
        Pause.of(duration);
    }
}
