package dev.paygateway.recovery;

import dev.paygateway.recovery.Sweeper.Surroundings;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells the module where it works. */
@Configuration(proxyBeanMethods = false)
class RecoveryParts {
    @Bean
    Surroundings recoverySurroundings(
            @Value("${gateway.region}") String region, MeterRegistry meters) {
        return new Surroundings(region.charAt(0), meters);
    }
}
