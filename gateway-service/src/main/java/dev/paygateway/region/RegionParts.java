package dev.paygateway.region;

import dev.paygateway.resource.Database;
import dev.paygateway.store.RegionShares;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
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
    Fence fence(Database database) {
        return new Fence(database);
    }

    @Bean
    Traffic traffic(RegionShares shares, Region region, MeterRegistry meters) {
        var traffic = new Traffic(shares, region, Thread.ofVirtual().name("traffic-", 0)::start);
        Gauge.builder("gateway.region.weight", traffic, Traffic::weight)
                .description("Percent of its traffic that this region should get")
                .register(meters);
        return traffic;
    }

    @Bean
    HealthIndicator trafficHealthIndicator(
            Region region, Database database, Drain drain, Traffic traffic) {
        return new RegionHealth(region, database, drain, traffic);
    }
}
