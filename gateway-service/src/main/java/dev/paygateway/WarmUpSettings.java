package dev.paygateway;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long an instance rehearses before it is ready.
 *
 * @param timeMax whatever has not been rehearsed by then stays cold; zero: no rehearsal
 * @param roundsMax rehearsals at most
 */
@ConfigurationProperties("gateway.warm-up")
record WarmUpSettings(@DefaultValue("10s") Duration timeMax, @DefaultValue("300") int roundsMax) {
    private static final Duration TIME_LIMIT = Duration.ofMinutes(1);

    WarmUpSettings {
        if (timeMax.isNegative() || timeMax.compareTo(TIME_LIMIT) > 0) {
            throw new IllegalArgumentException(
                    "gateway.warm-up.time-max is %s; give 0s to %s".formatted(timeMax, TIME_LIMIT));
        }
        if (roundsMax < 1) {
            throw new IllegalArgumentException(
                    "gateway.warm-up.rounds-max is %d; give 1 or more".formatted(roundsMax));
        }
    }
}
