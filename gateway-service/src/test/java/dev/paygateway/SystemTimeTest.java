package dev.paygateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/**
 * Goal: a clock that jumps moves no limit of a payment; one that was set for good is followed.
 *
 * <p>Method: a wall clock and a monotonic one, set by hand.
 */
class SystemTimeTest {
    private static final Instant START = Instant.parse("2026-11-30T05:00:00Z");
    private static final Duration JUMP = Duration.ofMinutes(10);

    private Instant wall = START;
    private long nanos = 123_456_789;
    private final SystemTime time = new SystemTime(() -> wall, () -> nanos);

    private void passes(Duration duration) {
        wall = wall.plus(duration);
        nanos += duration.toNanos();
    }

    @Test
    void followsTheClockWhileItIsSlewed() {
        passes(Duration.ofSeconds(30));
        wall = wall.minusMillis(900);
        assertThat(time.now()).isEqualTo(wall);
        wall = wall.plusMillis(1_000);
        assertThat(time.now()).isEqualTo(wall);
    }

    @Test
    void doesNotBelieveAJumpThatIsTakenBack() {
        wall = wall.plus(JUMP);
        assertThat(time.now()).isEqualTo(START);
        passes(Duration.ofSeconds(299));
        assertThat(time.now()).isEqualTo(START.plusSeconds(299));
        wall = wall.minus(JUMP);
        assertThat(time.now()).isEqualTo(wall);
        wall = wall.minus(JUMP);
        passes(Duration.ofSeconds(299));
        assertThat(time.now()).isEqualTo(START.plusSeconds(598));
    }

    @Test
    void believesAJumpThatLasts() {
        wall = wall.minus(JUMP);
        assertThat(time.now()).isEqualTo(START);
        passes(SystemTime.BELIEVED_AFTER.plusMillis(1));
        assertThat(time.now()).isEqualTo(wall);
        passes(Duration.ofSeconds(1));
        assertThat(time.now()).isEqualTo(wall);
    }
}
