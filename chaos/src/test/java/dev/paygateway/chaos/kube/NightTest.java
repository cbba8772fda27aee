package dev.paygateway.chaos.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Goal: whenever the lane is tried, its Schedule comes at an hour that the guard allows.
 *
 * <p>Method: for each hour of a day, the time in the zone that was chosen, by the JDK's own zones.
 */
class NightTest {
    private static IntStream hours() {
        return IntStream.range(0, 24);
    }

    @ParameterizedTest
    @MethodSource("hours")
    void isAtTwoInTheMorning(int hour) {
        var now = LocalDateTime.of(2026, 11, 30, hour, 30).atOffset(ZoneOffset.UTC);
        var zone = ZoneId.of(Night.nightZone(hour));
        assertThat(now.atZoneSameInstant(zone).getHour()).isEqualTo(2);
    }
}
