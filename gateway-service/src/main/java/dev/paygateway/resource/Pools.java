package dev.paygateway.resource;

import com.google.errorprone.annotations.MustBeClosed;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.paygateway.resource.Patience.NotYet;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pool of the moment behind one atomic reference. When its credential is no longer accepted,
 * another one is fetched, tried with a login, given a pool of its own and swapped in; the old pool
 * is drained, closed, and its credential given back. With Vault away the old one stays.
 */
final class Pools implements Connections, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pools.class);

    /** The server's word that it does not know the user or the password. */
    private static final int ACCESS_DENIED = 1045;

    /** The schema is not there, or no migration has given the role anything on it. */
    private static final int NO_RIGHT_ON_SCHEMA = 1044;

    private static final int CAUSES_MAX = 10;
    private static final Duration DRAIN_MAX = Duration.ofSeconds(30);

    /** Making a user stops all commits of the cluster for a moment: not more often than this. */
    private static final Duration EXCHANGE_GAP = Duration.ofSeconds(2);

    private final Parts parts;
    private final AtomicReference<Pool> current;
    private final Set<Pool> retired = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean isExchanging = new AtomicBoolean();
    private final AtomicInteger generation = new AtomicInteger();
    private volatile boolean isClosed;
    private volatile Instant exchangeFrom;

    /** What pools are made of. */
    record Parts(
            Vault vault,
            Logins logins,
            DatabaseSettings settings,
            MeterRegistry meters,
            InstantSource clock) {}

    /** Opens the first pool, waiting for Vault and the database with {@code patience}. */
    Pools(Parts parts, Patience patience) {
        this.parts = parts;
        exchangeFrom = parts.clock().instant();
        var role = parts.settings().role();
        var checked =
                patience.await(
                        "Vault at gateway.vault.address",
                        "Start the Vault agent beside this instance and unseal Vault.",
                        () -> parts.vault().leaseLifeMax(role));
        LOG.info("Vault's database role {} lends for {} s at most", role, checked.toSeconds());
        current =
                new AtomicReference<>(
                        patience.await(
                                "a login to the database at gateway.database.hosts",
                                "Start the database; check its certificate, gateway.database.hosts"
                                        + " and Vault's connection to it.",
                                this::open));
        gauge("gateway.credential.age", "Age of the database credential in use", l -> l.age());
        gauge("gateway.credential.left", "Left of the credential's lease", l -> l.left());
    }

    private void gauge(String name, String what, Function<CredentialLease, Duration> of) {
        TimeGauge.builder(
                        name,
                        this,
                        TimeUnit.MILLISECONDS,
                        pools -> of.apply(pools.current.get().lease()).toMillis())
                .description(what)
                .register(parts.meters());
    }

    /** A pool with a credential of its own that the database has accepted. */
    @SuppressWarnings("MustBeClosedChecker") // owned by the pool; closed here if none comes about
    private Pool open() {
        var role = parts.settings().role();
        var lease = new CredentialLease(parts.vault(), role, parts.clock(), this::exchange);
        try {
            check(lease.credential());
            var name = "gateway-" + generation.incrementAndGet();
            return new Pool(lease, parts.logins(), parts.settings(), name, parts.meters());
        } catch (PoolInitializationException failure) {
            lease.close();
            throw new NotYet(String.valueOf(failure.getMessage()), failure);
        } catch (RuntimeException failure) {
            lease.close();
            throw failure;
        }
    }

    private void check(Credential credential) {
        try (var session = parts.logins().look(credential);
                var statement = session.createStatement();
                var row = statement.executeQuery("SELECT SUBSTRING_INDEX(CURRENT_USER(),'@',1)")) {
            if (!row.next() || !credential.user().equals(row.getString(1))) {
                throw new NotYet("the session's user is not the one that Vault made");
            }
        } catch (SQLException failure) {
            throw failure.getErrorCode() == NO_RIGHT_ON_SCHEMA
                    ? new StartRefused(
                            "the service's role has no right on the schema "
                                    + parts.settings().name(),
                            SchemaCheck.REMEDY,
                            failure)
                    : new NotYet(describe(failure), failure);
        }
    }

    @Override
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // handed on
    public HeldConnection acquire() throws SQLException {
        var pool = current.get();
        try {
            return Holdings.ofProcess().hold(pool.acquire());
        } catch (SQLException failure) {
            if (pool.isClosed() && current.get() != pool) {
                return Holdings.ofProcess()
                        .hold(current.get().acquire()); // swapped and drained under our hands
            }
            suspect(failure);
            throw failure;
        }
    }

    @Override
    public void suspect(SQLException error) {
        if (isDenied(error)) {
            exchange();
        }
    }

    /** The credential in hand, for looks at the database. */
    Credential credential() {
        return current.get().lease().credential();
    }

    /** True where the server itself said so, however deep the pool has buried it. */
    private static boolean isDenied(Throwable error) {
        var each = error;
        for (var depth = 0; each != null && depth < CAUSES_MAX; depth++) {
            if (each instanceof SQLException sql && sql.getErrorCode() == ACCESS_DENIED) {
                return true;
            }
            each = each.getCause();
        }
        return false;
    }

    private void exchange() {
        var now = parts.clock().instant();
        if (isClosed || now.isBefore(exchangeFrom) || !isExchanging.compareAndSet(false, true)) {
            return;
        }
        exchangeFrom = now.plus(EXCHANGE_GAP);
        Thread.ofVirtual().name("credential-exchange").start(this::swap);
    }

    private void swap() {
        try {
            LOG.warn("the database credential is not accepted any more: fetching another");
            var fresh = open();
            var old = current.getAndSet(fresh);
            retired.add(old);
            if (isClosed) {
                close(); // it came after the end: close it too
            }
            LOG.info("the database credential was exchanged");
            Thread.ofVirtual().name("pool-drain").start(() -> retire(old));
        } catch (RuntimeException failure) {
            LOG.error("no new database credential: {}", failure.getMessage());
        } finally {
            isExchanging.set(false);
        }
    }

    private void retire(Pool old) {
        old.drain(DRAIN_MAX);
        old.close();
        retired.remove(old);
    }

    /** The error without what names users, hosts or statements. */
    static String describe(SQLException error) {
        return "database error %d (SQLSTATE %s)"
                .formatted(error.getErrorCode(), error.getSQLState());
    }

    @Override
    public void close() {
        isClosed = true;
        retired.forEach(Pool::close);
        current.get().close();
    }
}
