package dev.paygateway.region;

import dev.paygateway.resource.Database;
import dev.paygateway.resource.Database.Standing;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether this region should get traffic, and how much of it. Vault has no say: its outage alone is
 * no reason. An operator who has taken its traffic away turns it red and nothing more: the region
 * serves whatever still comes.
 */
final class RegionHealth implements HealthIndicator {
    private final Region region;
    private final Database database;
    private final Drain drain;
    private final Traffic traffic;

    RegionHealth(Region region, Database database, Drain drain, Traffic traffic) {
        this.traffic = traffic;
        this.region = region;
        this.database = database;
        this.drain = drain;
    }

    @Override
    public Health health() {
        var health =
                switch (database.standing()) {
                    case Standing.Writable _ -> Health.up().withDetail("database", "writable");
                    case Standing.ReadOnly _ -> Health.down().withDetail("database", "read-only");
                    case Standing.CutOff _ -> Health.down().withDetail("database", "cut off");
                    case Standing.Away(var why) -> Health.down().withDetail("database", why);
                };
        if (drain.isDraining()) {
            health.outOfService().withDetail("draining", true);
        }
        var weight = traffic.weight();
        if (weight == 0) {
            health.outOfService();
        }
        return health.withDetail("weight", weight)
                .withDetail("region", region.name())
                .withDetail("instance", region.instance())
                .build();
    }
}
