package dev.paygateway.resource;

import com.google.errorprone.annotations.MustBeClosed;
import dev.paygateway.resource.Patience.NotYet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One database user on loan from Vault, given back on {@link #close}. Its owner renews it while
 * that prolongs its life, and takes another in time.
 */
final class CredentialLease implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CredentialLease.class);

    /** Vault counts in whole seconds: closer to the end than this is the end. */
    private static final Duration ROUNDING = Duration.ofSeconds(1);

    private final Vault vault;
    private final InstantSource clock;
    private final Duration lifeMax;
    private final Instant since;
    private final Vault.Loan loan;
    private final Holding holding;
    private volatile Instant until;
    private volatile Instant renewFrom;
    private volatile boolean isLost;

    /**
     * Takes a new user. Fails with {@link NotYet} where another try may help, else with {@link
     * StartRefused}.
     */
    @MustBeClosed
    CredentialLease(Vault vault, String role, InstantSource clock) {
        this.vault = vault;
        this.clock = clock;
        lifeMax = vault.leaseLifeMax(role); // a Vault that hangs must not be left making users
        since = clock.instant();
        loan = vault.lend(role);
        holding = Holdings.ofProcess().enter(Kind.LEASE, role, this);
        until = since.plus(loan.life());
        renewFrom = renewal(since, loan.life());
        if (loan.life().compareTo(Vault.LEASE_LIFE_MAX) > 0) {
            close();
            throw new StartRefused(
                    "Vault lends database users for " + loan.life().toSeconds() + " s at a time",
                    "Set the role's default_ttl to 4h or less.");
        }
    }

    private static Instant renewal(Instant from, Duration life) {
        return from.plus(life.multipliedBy(2).dividedBy(3));
    }

    Credential credential() {
        return loan.credential();
    }

    /** Vault's word for the lease. */
    String name() {
        return loan.lease();
    }

    /** Since when the user exists, at the earliest. */
    Duration age() {
        return Duration.between(since, clock.instant());
    }

    /** How long Vault lets it live if it is not renewed again; negative once that is over. */
    Duration left() {
        return Duration.between(clock.instant(), until);
    }

    /** When it will have lived for a part of the longest life that Vault gives it. */
    Instant atPartOfLife(double part) {
        return since.plusMillis(Math.round(lifeMax.toMillis() * part));
    }

    /** When the next renewal is due: at two thirds of what was granted; never, if it gains none. */
    Instant renewFrom() {
        return isLost || isAtItsLongest() ? Instant.MAX : renewFrom;
    }

    /** Vault has dropped its user, or is about to: only another one helps. */
    boolean isLost() {
        return isLost || !left().isPositive();
    }

    /** Prolongs it. Fails with {@link NotYet} while Vault is away. */
    void renew() {
        var now = clock.instant();
        var granted = ask();
        until = now.plus(granted);
        renewFrom = renewal(now, granted);
        var isShort = granted.compareTo(loan.life().dividedBy(2)) < 0;
        isLost = isShort && !isAtItsLongest();
        if (isLost) {
            LOG.warn("the database credential's lease was not renewed ({} s)", granted.toSeconds());
        }
    }

    private Duration ask() {
        try {
            return vault.renew(loan.lease());
        } catch (StartRefused refused) {
            LOG.warn("the database credential's lease: {}", refused.problem());
            return Duration.ZERO;
        }
    }

    private boolean isAtItsLongest() {
        return !until.isBefore(since.plus(lifeMax).minus(ROUNDING));
    }

    /** Gives the user back: Vault drops it. A Vault that is away drops it at the lease's end. */
    @Override
    public void close() {
        if (!holding.strikeOff()) {
            return;
        }
        try {
            vault.revoke(loan.lease());
        } catch (NotYet | StartRefused failure) {
            LOG.warn("giving a database credential back: {}", failure.getMessage());
        }
    }
}
