package dev.paygateway.payment;

import java.time.Duration;
import java.time.Instant;

/** The only clock. */
public interface Time {
    /** Now, to the millisecond, UTC. */
    Instant now();

    /** Waits; returns early if the thread is interrupted, leaving it so. */
    void pause(Duration duration);
}
