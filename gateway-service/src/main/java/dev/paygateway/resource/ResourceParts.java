package dev.paygateway.resource;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.vault.config.AbstractVaultConfiguration.ClientFactoryWrapper;
import org.springframework.vault.core.VaultOperations;

/** Puts the module together; what is closed, is closed in reverse order. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({TlsSettings.class, VaultSettings.class, DatabaseSettings.class})
class ResourceParts {
    private static final String CLIENT_BUNDLE = "client";
    private static final String MIGRATIONS = "db/migration";
    private static final Duration WATCH_PERIOD = Duration.ofSeconds(1);
    private static final String MIGRATE = "migrate";
    private static final String SWEEP = "sweep";

    /** At the start Vault and the database get half a minute to come up. */
    private static final Patience PATIENCE = new Patience(15, Duration.ofSeconds(2));

    @Bean
    Certificates certificates(
            TlsSettings settings, DefaultSslBundleRegistry bundles, MeterRegistry meters) {
        return new Certificates(settings, bundles, meters, InstantSource.system());
    }

    @Bean
    VaultLink vaultLink(SslBundles bundles) {
        return new VaultLink(bundles, CLIENT_BUNDLE);
    }

    /** In place of Spring Cloud Vault's own, which knows no bundle and no reload. */
    @Bean
    ClientFactoryWrapper vaultRequests(VaultLink link) {
        return new ClientFactoryWrapper(link);
    }

    @Bean
    Vault vault(VaultOperations operations) {
        return new Vault(operations);
    }

    @Bean
    Logins logins(DatabaseSettings settings, SslBundles bundles) {
        return new Logins(settings, () -> bundles.getBundle(CLIENT_BUNDLE));
    }

    @Bean
    Pools.Parts poolParts(
            Vault vault, Logins logins, DatabaseSettings settings, MeterRegistry meters) {
        return new Pools.Parts(vault, logins, settings, meters, InstantSource.system());
    }

    /** What only a process that migrates has. */
    @Configuration(proxyBeanMethods = false)
    @Profile(MIGRATE)
    static class Migrating {
        @Bean
        Migration migration(Pools.Parts parts) {
            return new Migration(parts, PATIENCE, MIGRATIONS);
        }
    }

    /** What only a process that sweeps has. */
    @Configuration(proxyBeanMethods = false)
    @Profile(SWEEP)
    static class Sweeping {
        @Bean
        OrphanUsers orphanUsers(Pools.Parts parts, @Value("${gateway.region}") String region) {
            return new OrphanUsers(parts, PATIENCE, region, Duration.ofSeconds(1));
        }
    }

    /** What only a process that serves has. */
    @Configuration(proxyBeanMethods = false)
    @Profile("!" + MIGRATE + " & !" + SWEEP)
    @EnableConfigurationProperties(FingerprintSettings.class)
    static class Serving {
        @Bean
        Holdings holdings(MeterRegistry meters) {
            Holdings.ofProcess().bindTo(meters);
            return Holdings.ofProcess();
        }

        /** Looks at the ledger once a second. */
        @Bean
        Repeater holdingsWatch(Holdings holdings, DatabaseSettings settings) {
            holdings.tellRecordings();
            var most = settings.leakAfter();
            return new Repeater("holdings-watch", WATCH_PERIOD, () -> holdings.look(most));
        }

        /** None is handed out before the schema has been found right. */
        @Bean
        Pools connections(Pools.Parts parts) {
            var pools = new Pools(parts, PATIENCE);
            try {
                new SchemaCheck(pools, MIGRATIONS).run();
                return pools;
            } catch (StartRefused refused) {
                pools.close();
                throw refused;
            }
        }

        @Bean
        DatabaseWatch databaseWatch(Pools pools, Logins logins) {
            return new DatabaseWatch(pools, logins);
        }

        /** Keys the digests that tell requests under one idempotency key apart. */
        @Bean
        @SuppressWarnings("MustBeClosedChecker") // the container closes it
        SecretBytes fingerprintSecret(
                Vault vault, FingerprintSettings settings, Holdings holdings) {
            var key =
                    PATIENCE.await(
                            "Vault's transit engine (gateway.fingerprint.wrapped-key)",
                            "Unseal Vault.",
                            () -> vault.unwrap(settings.wrappedKey()));
            return new SecretBytes(holdings, "fingerprint key", key);
        }

        @Bean
        IdentityKeys identityKeys(Vault vault) {
            return new IdentityKeys(vault, PATIENCE);
        }
    }
}
