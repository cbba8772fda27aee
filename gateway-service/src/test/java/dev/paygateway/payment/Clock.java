package dev.paygateway.payment;

import java.time.Duration;
import java.time.Instant;

/** One region's clock: it may be wrong, and jump. */
final class Clock implements Time {
    private final Baton baton;
    private Duration wrong = Duration.ZERO;

    Clock(Baton baton) {
        this.baton = baton;
    }

    void jump(Duration by) {
        wrong = wrong.plus(by);
    }

    @Override
    public Instant now() {
        return baton.now().plus(wrong);
    }

    @Override
    public void pause(Duration duration) {
        baton.pause(duration);
    }
}
