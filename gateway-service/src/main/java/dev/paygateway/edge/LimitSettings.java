package dev.paygateway.edge;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Requests a second that one merchant may make on one instance; as many may come at once. */
@ConfigurationProperties("gateway.limits")
record LimitSettings(
        @DefaultValue("100") int writePerSecond,
        @DefaultValue("200") int readPerSecond,
        @DefaultValue("20") int listPerSecond) {

    LimitSettings {
        require(writePerSecond, "write-per-second");
        require(readPerSecond, "read-per-second");
        require(listPerSecond, "list-per-second");
    }

    private static void require(int rate, String property) {
        if (rate < 1) {
            throw new IllegalArgumentException(
                    "gateway.limits.%s is %d, it must be 1 or more".formatted(property, rate));
        }
    }
}
