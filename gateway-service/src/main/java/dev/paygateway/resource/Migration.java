package dev.paygateway.resource;

import dev.paygateway.resource.Pools.Parts;
import java.time.InstantSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;

/** Brings the schema to this build's version with the migrator's credential, then ends. */
final class Migration implements ApplicationRunner {
    private static final Logger LOG = LoggerFactory.getLogger(Migration.class);

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

    @SuppressWarnings("MustBeClosedChecker") // Flyway closes the sessions that it takes
    private void migrate(Credential credential) {
        var sessions = new Sessions(() -> logins.forMigration(credential));
        try {
            var done =
                    Flyway.configure()
                            .dataSource(sessions)
                            .locations("classpath:" + location)
                            .validateMigrationNaming(true)
                            .load()
                            .migrate();
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
}
