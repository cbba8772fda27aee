package dev.paygateway.resource;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public keys that merchants' tokens are verified with: read from Vault every minute, kept
 * while Vault is away.
 */
public final class IdentityKeys implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IdentityKeys.class);
    private static final Duration PERIOD = Duration.ofSeconds(60);

    /** Tokens with made-up keys must not become a load on Vault. */
    private static final Duration REFRESH_GAP = Duration.ofSeconds(5);

    private final Vault vault;
    private final InstantSource clock;
    private final AtomicReference<String> keys;
    private final Locks locks = new Locks(Holdings.ofProcess());
    private final Repeater repeater;
    private volatile Instant refreshFrom;

    IdentityKeys(Vault vault, InstantSource clock, Patience patience) {
        this.vault = vault;
        this.clock = clock;
        keys =
                new AtomicReference<>(
                        patience.await(
                                "the token keys of Vault",
                                "Apply terraform/modules/vault/config.",
                                vault::identityKeys));
        refreshFrom = clock.instant().plus(REFRESH_GAP);
        repeater = new Repeater("identity-keys", PERIOD, this::refresh);
    }

    /** The keys as last read, a JWK set in JSON; never waits. */
    public String current() {
        return keys.get();
    }

    /**
     * The keys after another look at Vault, for a token whose key is not among {@link #current}.
     * One caller looks, at most every five seconds and for at most 2.5 s; all others, and every
     * failed look, get what is there.
     */
    public String refreshed() {
        if (clock.instant().isBefore(refreshFrom)) {
            return keys.get();
        }
        try (var _ = locks.hold("identity-keys", Duration.ZERO)) {
            refresh();
        } catch (Taken _) {
            // another caller looks
        }
        return keys.get();
    }

    private void refresh() {
        refreshFrom = clock.instant().plus(REFRESH_GAP);
        try {
            keys.set(vault.identityKeys());
        } catch (RuntimeException away) {
            LOG.warn("keeping the token keys in hand: {}", away.getMessage());
        }
    }

    @Override
    public void close() {
        repeater.close();
    }
}
