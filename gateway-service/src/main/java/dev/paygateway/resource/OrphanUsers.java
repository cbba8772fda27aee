package dev.paygateway.resource;

import dev.paygateway.resource.Patience.NotYet;
import dev.paygateway.resource.Pools.Parts;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;

/**
 * Drops the database users of a Vault that is dead and will never drop them, then ends. A user's
 * name says when it was made; a user that a lease may still hold, or whose age nothing proves,
 * stays. One sweep at a time in the whole cluster.
 */
final class OrphanUsers implements ApplicationRunner {
    static final String LEASE = "sweep";

    private static final Logger LOG = LoggerFactory.getLogger(OrphanUsers.class);
    private static final Duration LEASE_LENGTH = Duration.ofSeconds(30);

    /** Longer than another region's sweep takes. */
    private static final Duration TURN_WAIT = Duration.ofMinutes(5);

    /** No lease lives longer, and the clocks of Vault and database differ by less. */
    static final Duration AGE_MIN = Vault.LEASE_LIFE_MAX.plus(Duration.ofMinutes(30));

    /** Each stops all commits of the cluster for a moment; the next run takes the rest. */
    private static final int DROPS_MAX = 100;

    private static final String USERS =
            "SELECT User, UNIX_TIMESTAMP() FROM mysql.user WHERE Host = '%' ORDER BY User";

    private final Parts parts;
    private final Patience patience;
    private final Pattern name;
    private final Duration gap;
    private final Map<String, Boolean> isShortByRole = new HashMap<>();

    /**
     * Sweeps the users of one region.
     *
     * @param gap between two users
     */
    OrphanUsers(Parts parts, Patience patience, String region, Duration gap) {
        this.parts = parts;
        this.patience = patience;
        this.gap = gap;
        name = Pattern.compile("v-" + region + "-([a-z0-9-]+)-(\\d{10})-[A-Za-z0-9]{12}");
    }

    @Override
    public void run(ApplicationArguments arguments) {
        var role = parts.settings().role();
        try (var lease =
                patience.await(
                        "a database credential",
                        "Start the Vault agent beside the sweep, unseal Vault, start the database.",
                        () -> lease(role))) {
            var credential = lease.credential();
            new Leases(Holdings.ofProcess(), () -> parts.logins().forPool(credential, () -> {}))
                    .alone(LEASE, LEASE_LENGTH, TURN_WAIT, turn -> sweep(credential, turn));
        }
    }

    @SuppressWarnings("MustBeClosedChecker") // closed by run
    private CredentialLease lease(String role) {
        return new CredentialLease(parts.vault(), role, parts.clock());
    }

    private void sweep(Credential credential, Lease turn) {
        var orphans = patience.await("the database", "Start it.", () -> orphans(credential));
        for (var user : orphans.stream().limit(DROPS_MAX).toList()) {
            turn.requireHeld();
            drop(user, credential, turn);
            Pause.of(gap);
        }
        LOG.info("left-over database users: {}, {} at most are dropped", orphans.size(), DROPS_MAX);
    }

    private List<String> orphans(Credential credential) {
        var orphans = new ArrayList<String>();
        var nearest = parts.settings().hosts().getFirst();
        try (var session = parts.logins().administer(nearest, credential);
                var statement = session.createStatement();
                var users = statement.executeQuery(USERS)) {
            while (users.next()) {
                if (isOrphan(users.getString(1), users.getLong(2))) {
                    orphans.add(users.getString(1));
                }
            }
            return orphans;
        } catch (SQLException failure) {
            throw new NotYet(Pools.describe(failure), failure);
        }
    }

    private boolean isOrphan(String user, long now) {
        var told = name.matcher(user);
        return told.matches()
                && Long.parseLong(told.group(2)) < now - AGE_MIN.toSeconds()
                && isShortByRole.computeIfAbsent("gateway-" + told.group(1), this::lendsShortly);
    }

    /** An older user may be on loan where a role lends for longer than it should. */
    private boolean lendsShortly(String role) {
        try {
            return parts.vault().leaseLifeMax(role).compareTo(Vault.LEASE_LIFE_MAX) <= 0;
        } catch (StartRefused refused) {
            LOG.warn("the users of {} stay: {}", role, refused.problem());
            return false;
        }
    }

    /** Takes the login, then, on every server, the sessions that outlive it. */
    private void drop(String user, Credential credential, Lease turn) {
        var account = "'" + user + "'@'%'"; // its form leaves no room for a quote
        var isDropped = false;
        for (var host : parts.settings().hosts()) {
            try (var session = parts.logins().administer(host, credential)) {
                if (!isDropped) {
                    turn.write(session, "DROP USER IF EXISTS " + account);
                    isDropped = true;
                }
                execute(session, "KILL USER '" + user + "'");
            } catch (SQLException failure) {
                LOG.warn("{} on {}: {}", user, host, Pools.describe(failure));
            }
        }
        if (isDropped) {
            LOG.info("dropped {}, which was left over", user);
        }
    }

    private static void execute(Connection session, String sql) throws SQLException {
        try (var statement = session.createStatement()) {
            statement.execute(sql);
        }
    }
}
