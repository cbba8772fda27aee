package dev.paygateway.region;

import dev.paygateway.resource.Database;
import dev.paygateway.resource.Database.Standing;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether this region should get traffic. Vault has no say: its outage alone is no reason. */
final class RegionHealth implements HealthIndicator {
    private final Region region;
    private final Database database;
    private final Drain drain;

    RegionHealth(Region region, Database database, Drain drain) {
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
                    case Standing.Away(var why) -> Health.down().withDetail("database", why);
                };
        if (drain.isDraining()) {
            health.outOfService().withDetail("draining", true);
        }
        return health.withDetail("region", region.name())
                .withDetail("instance", region.instance())
                .build();
    }
}
