package dev.paygateway.region;

import dev.paygateway.resource.Database;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the module together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RegionSettings.class)
class RegionParts {
    @Bean
    Region region(RegionSettings settings) {
        return settings.toRegion();
    }

    @Bean
    Drain drain() {
        return new Drain();
    }

    @Bean
    HealthIndicator trafficHealthIndicator(Region region, Database database, Drain drain) {
        return new RegionHealth(region, database, drain);
    }
}
