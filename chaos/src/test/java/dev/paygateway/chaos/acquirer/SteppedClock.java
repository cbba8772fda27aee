package dev.paygateway.chaos.acquirer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that moves only when told to. */
final class SteppedClock implements InstantSource {
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-11-24T02:00:00.123Z"));

    @Override
    public Instant instant() {
        return now.get();
    }

    void step(Duration by) {
        now.updateAndGet(instant -> instant.plus(by));
    }
}
