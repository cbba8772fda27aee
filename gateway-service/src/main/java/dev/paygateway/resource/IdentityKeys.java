package dev.paygateway.resource;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public keys that merchants' tokens are verified with: read from Vault every minute and when a
 * token names an unknown one, always in the background; kept while Vault is away.
 */
public final class IdentityKeys implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IdentityKeys.class);
    private static final Duration PERIOD = Duration.ofSeconds(60);

    /** Tokens with made-up keys must not become a load on Vault. */
    private static final Duration REFRESH_GAP = Duration.ofSeconds(5);

    private final Vault vault;
    private final AtomicReference<String> keys;
    private final Repeater repeater;

    IdentityKeys(Vault vault, Patience patience) {
        this.vault = vault;
        keys =
                new AtomicReference<>(
                        patience.await(
                                "the token keys of Vault",
                                "Apply terraform/modules/vault/config.",
                                vault::identityKeys));
        repeater = new Repeater("identity-keys", REFRESH_GAP, PERIOD, this::read);
    }

    /** The keys as last read, a JWK set in JSON; never waits. */
    public String current() {
        return keys.get();
    }

    /**
     * Has Vault looked at soon, for a token whose key is not among {@link #current}: at once if the
     * last look is five seconds ago, else then. Never waits for it.
     */
    public void refresh() {
        repeater.wake();
    }

    private void read() {
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
