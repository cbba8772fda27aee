package dev.paygateway.store;

import dev.paygateway.payment.Time;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.LockSupport;

/** The machine's own time: the database that it is used with has no other. */
final class RealTime implements Time {
    @Override
    public Instant now() {
        return Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public void pause(Duration duration) {
        LockSupport.parkNanos(duration.toNanos());
    }
}
