package dev.paygateway.resource;

import dev.paygateway.resource.Pools.Parts;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;

/**
 * Brings the schema to this build's version with the migrator's credential, then ends. One at a
 * time in the whole cluster: Flyway's own lock (GET_LOCK) is one server's.
 */
final class Migration implements ApplicationRunner {
    static final String LEASE = "migration";

    private static final Logger LOG = LoggerFactory.getLogger(Migration.class);

    /** Renewals wait while a change of the schema stops all commits. */
    private static final Duration LEASE_LENGTH = Duration.ofMinutes(1);

    /** A migrator that died leaves its lease behind; one at work is given some time. */
    private static final Duration TURN_WAIT = LEASE_LENGTH.multipliedBy(3);

    private final Vault vault;
    private final Logins logins;
    private final DatabaseSettings settings;
    private final InstantSource clock;
    private final Patience patience;
    private final String location;

    Migration(Parts parts, Patience patience, String location) {
        this.vault = parts.vault();
        this.logins = parts.logins();
        this.settings = parts.settings();
        this.patience = patience;
        this.location = location;
        this.clock = parts.clock();
    }

    @Override
    public void run(ApplicationArguments arguments) {
        var role = settings.role();
        patience.await(
                "Vault at gateway.vault.address",
                "Start the Vault agent beside the migration and unseal Vault.",
                () -> vault.leaseLifeMax(role));
        try (var lease =
                patience.await(
                        "a database credential",
                        "Start the database, and check Vault's connection to it.",
                        () -> lease(role))) {
            migrate(lease.credential());
        }
    }

    @SuppressWarnings("MustBeClosedChecker") // closed by run
    private CredentialLease lease(String role) {
        return new CredentialLease(vault, role, clock);
    }

    private void migrate(Credential credential) {
        try (var session = logins.forMigration(credential)) {
            Leases.makeTable(session);
        } catch (SQLException failure) {
            throw new StartRefused(
                    "the table of leases cannot be made: " + Pools.describe(failure),
                    "Start the database; make the roles that the README of Vault's configuration"
                            + " names.",
                    failure);
        }
        new Leases(Holdings.ofProcess(), () -> logins.forPool(credential, () -> {}))
                .alone(LEASE, LEASE_LENGTH, TURN_WAIT, lease -> migrate(credential, lease));
    }

    /** The table of leases is there first; a schema with no other table is a new one. */
    @SuppressWarnings("MustBeClosedChecker") // Flyway closes the sessions that it takes
    private void migrate(Credential credential, Lease lease) {
        var sessions = new Sessions(() -> logins.forMigration(credential));
        try {
            var done =
                    Flyway.configure()
                            .dataSource(sessions)
                            .locations("classpath:" + location)
                            .validateMigrationNaming(true)
                            .baselineOnMigrate(true)
                            .baselineVersion("0")
                            .callbacks(new StillHeld(lease))
                            .load()
                            .migrate();
            lease.requireHeld();
            LOG.info(
                    "the schema is at version {} ({} migrations applied)",
                    done.targetSchemaVersion,
                    done.migrationsExecuted);
        } catch (FlywayException failure) {
            throw new StartRefused(
                    "the migration failed: " + failure.getMessage(),
                    "Mend what it names, and run the migration again.",
                    failure);
        }
    }

    /** No migration begins after the lease is lost, by the database's own word. */
    private static final class StillHeld extends BaseCallback {
        private final Lease lease;

        private StillHeld(Lease lease) {
            this.lease = lease;
        }

        @Override
        public boolean supports(Event event, Context context) {
            return event.equals(Event.BEFORE_EACH_MIGRATE);
        }

        @Override
        public void handle(Event event, Context context) {
            try {
                lease.write(context.getConnection(), "DO 0");
            } catch (SQLException failure) {
                throw new FlywayException("the lease cannot be looked at", failure);
            }
        }
    }
}
