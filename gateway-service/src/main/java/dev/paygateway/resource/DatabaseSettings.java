package dev.paygateway.resource;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The database and the pool of connections to it. There is no user and no password: Vault lends
 * them.
 *
 * @param hosts host:port of each server, the nearest first
 * @param name the schema
 * @param role Vault's database role that the credential is made for
 * @param poolSizeMin connections kept open when idle
 * @param poolSizeMax connections open at most
 * @param leakAfter a connection held longer is reported with the place that took it
 */
@ConfigurationProperties(value = "gateway.database", ignoreUnknownFields = false)
record DatabaseSettings(
        @DefaultValue List<String> hosts,
        @DefaultValue("gateway") String name,
        @DefaultValue("gateway-app") String role,
        @DefaultValue("4") int poolSizeMin,
        @DefaultValue("24") int poolSizeMax,
        @DefaultValue("30s") Duration leakAfter) {
    private static final int POOL_SIZE_LIMIT = 200;
    private static final int HOSTS_MAX = 8;
    private static final Duration LEAK_AFTER_MIN = Duration.ofSeconds(2);
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]{1,253}:\\d{1,5}");
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,64}");
    private static final Pattern ROLE = Pattern.compile("[a-z0-9-]{1,64}");

    DatabaseSettings {
        // not shown: who gives a JDBC address may give its password, too
        hosts =
                Setting.hidden("gateway.database.hosts", List.copyOf(hosts))
                        .require(
                                DatabaseSettings::areHosts,
                                "Give one to %d servers as host:port, separated by commas."
                                        .formatted(HOSTS_MAX));
        new Setting<>("gateway.database.name", name)
                .require(NAME.asMatchPredicate(), "Give the schema's name: a-z, 0-9 and _.");
        new Setting<>("gateway.database.role", role)
                .require(ROLE.asMatchPredicate(), "Give a database role of Vault: a-z, 0-9 and -.");
        new Setting<>("gateway.database.pool-size-max", poolSizeMax)
                .require(
                        size -> size >= 1 && size <= POOL_SIZE_LIMIT,
                        "Give 1 to %d connections.".formatted(POOL_SIZE_LIMIT));
        var most = poolSizeMax;
        new Setting<>("gateway.database.pool-size-min", poolSizeMin)
                .require(
                        size -> size >= 1 && size <= most,
                        "Give 1 to %d connections (gateway.database.pool-size-max)."
                                .formatted(most));
        new Setting<>("gateway.database.leak-after", leakAfter)
                .require(
                        after -> after.compareTo(LEAK_AFTER_MIN) >= 0,
                        "Give a time of at least %d s, like 30s."
                                .formatted(LEAK_AFTER_MIN.toSeconds()));
    }

    private static boolean areHosts(List<String> given) {
        return !given.isEmpty()
                && given.size() <= HOSTS_MAX
                && given.stream().allMatch(HOST.asMatchPredicate());
    }

    /** What the driver connects to: one server; which one, is ours to choose. */
    String url(String host) {
        return "jdbc:mariadb://" + host + "/" + name;
    }
}
