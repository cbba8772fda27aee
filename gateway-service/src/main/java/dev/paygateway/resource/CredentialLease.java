package dev.paygateway.resource;

import com.google.errorprone.annotations.MustBeClosed;
import dev.paygateway.resource.Patience.NotYet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.vault.core.lease.SecretLeaseContainer;
import org.springframework.vault.core.lease.domain.RequestedSecret;
import org.springframework.vault.core.lease.event.AfterSecretLeaseRenewedEvent;
import org.springframework.vault.core.lease.event.SecretLeaseCreatedEvent;
import org.springframework.vault.core.lease.event.SecretLeaseEvent;
import org.springframework.vault.core.lease.event.SecretLeaseExpiredEvent;
import org.springframework.vault.support.LeaseStrategy;

/**
 * One database user on loan from Vault: renewed in the background while Vault allows it, given back
 * on {@link #close}. A loan that ends is never renewed by force: its owner takes another.
 */
final class CredentialLease implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CredentialLease.class);

    private final SecretLeaseContainer container;
    private final InstantSource clock;
    private final Runnable onExpiry;
    private volatile @Nullable Loan loan;
    private volatile @Nullable Exception failure;

    /** What Vault lent, and until when it holds without another renewal. */
    private record Loan(Credential credential, Instant since, Instant until) {}

    /**
     * Takes a new user. Fails with {@link NotYet} where another try may help, else with {@link
     * StartRefused}.
     *
     * @param onExpiry run once when the loan has ended or cannot be renewed any more; on another
     *     thread, must not block
     */
    @MustBeClosed
    CredentialLease(Vault vault, String role, InstantSource clock, Runnable onExpiry) {
        this.clock = clock;
        this.onExpiry = onExpiry;
        container = new SecretLeaseContainer(vault.operations());
        container.setLeaseStrategy(LeaseStrategy.retainOnError());
        container.addLeaseListener(this::onLease);
        container.addErrorListener((_, error) -> onError(error));
        container.afterPropertiesSet();
        container.start();
        var path = "database/creds/" + role;
        container.addRequestedSecret(RequestedSecret.renewable(path));
        if (loan == null) {
            close();
            throw notLent(path);
        }
    }

    private RuntimeException notLent(String path) {
        var error = failure;
        return error == null
                ? new StartRefused(
                        "Vault has no " + path + " (gateway.database.role)",
                        "Name an existing role, or apply terraform/modules/vault/config.")
                : Vault.judge(path, error);
    }

    private void onLease(SecretLeaseEvent event) {
        switch (event) {
            case SecretLeaseCreatedEvent created -> lent(created);
            case AfterSecretLeaseRenewedEvent renewed -> renewed(renewed);
            case SecretLeaseExpiredEvent _ -> {
                LOG.info("the database credential's lease has ended");
                onExpiry.run();
            }
            default -> {}
        }
    }

    private void lent(SecretLeaseCreatedEvent created) {
        var now = clock.instant();
        var length = length(created);
        if (length.compareTo(Vault.LEASE_LIFE_MAX) > 0) {
            failure = new IllegalStateException("a lease of " + length + " is too long");
            return;
        }
        loan = new Loan(credential(created.getSecrets()), now, now.plus(length));
    }

    private void renewed(AfterSecretLeaseRenewedEvent renewed) {
        var known = loan;
        if (known != null) {
            var until = clock.instant().plus(length(renewed));
            loan = new Loan(known.credential(), known.since(), until);
        }
    }

    private static Duration length(SecretLeaseEvent event) {
        var lease = event.getLease();
        return lease == null ? Duration.ZERO : lease.getLeaseDuration();
    }

    private void onError(Exception error) {
        failure = error;
        if (loan != null) {
            LOG.warn("the database credential's lease: {}", error.getMessage());
        }
    }

    private static Credential credential(Map<String, Object> secrets) {
        return new Credential(
                String.valueOf(secrets.get("username")), String.valueOf(secrets.get("password")));
    }

    Credential credential() {
        return held().credential();
    }

    /** Since when the user exists. */
    Duration age() {
        return Duration.between(held().since(), clock.instant());
    }

    /** How long Vault lets it live if it is not renewed again; negative once that is over. */
    Duration left() {
        return Duration.between(clock.instant(), held().until());
    }

    private Loan held() {
        var held = loan;
        if (held == null) {
            throw new IllegalStateException("nothing was lent");
        }
        return held;
    }

    /** Gives the user back: Vault drops it. A Vault that is away drops it at the lease's end. */
    @Override
    public void close() {
        try {
            container.stop();
            container.destroy();
        } catch (Exception unexpected) {
            LOG.warn("giving the database credential back: {}", unexpected.getMessage());
        }
    }
}
