package dev.paygateway;

import dev.paygateway.payment.Time;
import dev.paygateway.resource.Pause;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/** The machine's clock, to the millisecond, as the database keeps it. */
final class SystemTime implements Time {
    private final Clock clock = Clock.tickMillis(ZoneOffset.UTC);

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public void pause(Duration duration) {
        Pause.of(duration);
    }
}
