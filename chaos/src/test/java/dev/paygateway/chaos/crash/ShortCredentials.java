package dev.paygateway.chaos.crash;

import dev.paygateway.chaos.lab.Signal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A world whose instances live on database users that last for seconds, and what became of them.
 */
final class ShortCredentials {
    private static final String ROLE = "database/roles/gateway-app";

    /** Sessions that are still open under a login that is gone. */
    private static final String ORPHANED_SESSIONS =
            """
            SELECT COUNT(*) FROM information_schema.PROCESSLIST
            WHERE USER LIKE 'v-east-app-%' AND USER NOT IN (SELECT User FROM mysql.user);
            """;

    private static final String USERS =
            "SELECT User FROM mysql.user WHERE User LIKE 'v-east-app-%';";

    private static final String EXCHANGES = "gateway_credential_rotations_total";
    private static final String EXCHANGING = "exchanging the database credential";

    private final World world;

    private ShortCredentials(World world) {
        this.world = world;
    }

    /** Shortens what Vault lends, and starts both instances again with that. */
    static ShortCredentials in(World world, Duration life, Duration lifeMax) {
        world.lab()
                .vault(vault -> {
                    var role = vault.read(ROLE).path("data");
                    return vault.write(ROLE, shortened(role, life, lifeMax));
                });
        for (var instance : World.INSTANCES) {
            world.lab().stop(instance, Signal.TERM);
            world.lab().start(instance);
        }
        return new ShortCredentials(world);
    }

    private static Map<String, ?> shortened(JsonNode role, Duration life, Duration lifeMax) {
        var kept = new LinkedHashMap<String, Object>();
        for (var name : List.of("db_name", "creation_statements", "revocation_statements")) {
            kept.put(name, role.path(name));
        }
        kept.put("default_ttl", life.toSeconds() + "s");
        kept.put("max_ttl", lifeMax.toSeconds() + "s");
        return kept;
    }

    /** Exchanges of all instances since each was started last: for these causes, or for any. */
    long exchanges(String... causes) {
        return Math.round(
                World.INSTANCES.stream()
                        .map(world::seen)
                        .mapToDouble(seen -> exchanges(seen, causes))
                        .sum());
    }

    private static double exchanges(Exposition seen, String... causes) {
        return causes.length == 0
                ? seen.sum(EXCHANGES)
                : Stream.of(causes)
                        .mapToDouble(cause -> seen.sum(EXCHANGES, "cause=\"" + cause + '"'))
                        .sum();
    }

    /** The pools of an instance that have sessions now. */
    long poolsAlive(String instance) {
        return Math.round(world.seen(instance).sum("gateway_pools_alive"));
    }

    long orphanedSessions() {
        return Long.parseLong(world.lab().sql(ORPHANED_SESSIONS).getFirst());
    }

    List<String> users() {
        return users(world);
    }

    /** The service's database users that exist now. */
    static List<String> users(World world) {
        return world.lab().sql(USERS);
    }

    /** Drops them behind Vault's back, and ends what they have open. */
    void dropUsersByHand() {
        var orders =
                users().stream()
                        .map(user -> "DROP USER '%1$s'@'%%'; KILL USER '%1$s';".formatted(user))
                        .collect(Collectors.joining("\n"));
        world.lab().sql(orders);
    }

    /** Whether a line of an instance's log tells of an exchange. */
    static boolean isExchange(String logLine) {
        return logLine.contains(EXCHANGING);
    }
}
