package dev.paygateway.resource;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.MustBeClosed;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.paygateway.resource.Patience.NotYet;
import dev.paygateway.resource.Rotation.Cause;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pool of the moment behind one atomic reference. When {@link Rotation} says so, another
 * credential is fetched, tried with a login, given a pool of its own and swapped in; the old pool
 * is drained, closed, and its credential given back. With Vault away the old one stays.
 */
final class Pools implements Connections, DatabaseWatch.Subject, AutoCloseable {
    /** The one in use, and two that drain; or one that drains and one that is being opened. */
    static final int ALIVE_MAX = 3;

    private static final Logger LOG = LoggerFactory.getLogger(Pools.class);

    /**
     * The server's words that it does not know the user or the password. For a user that is not
     * there, it plays the login of some other one, and may refuse by that one's rules (1698).
     */
    private static final Set<Integer> ACCESS_DENIED = Set.of(1045, 1698);

    /** The schema is not there, or no migration has given the role anything on it. */
    private static final int NO_RIGHT_ON_SCHEMA = 1044;

    private static final int CAUSES_MAX = 10;
    private static final Duration DRAIN_MAX = Duration.ofSeconds(30);
    private static final Duration END_WAIT = Duration.ofSeconds(3);

    /**
     * A synced read: on a server that lags behind, neither the user nor the schema may be there.
     */
    private static final String WHO =
            """
            SET STATEMENT wsrep_sync_wait = 1, max_statement_time = 2 FOR
            SELECT SUBSTRING_INDEX(CURRENT_USER(), '@', 1)
            FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = DATABASE()
            """;

    private final Parts parts;
    private final AtomicReference<Pool> current;
    private final Deque<Pool> draining = new ConcurrentLinkedDeque<>();
    private final Set<String> alive = ConcurrentHashMap.newKeySet();
    private final Map<Cause, Counter> rotations = new EnumMap<>(Cause.class);
    private final Counter failures;
    private final Timer drains;
    private final Rotation rotation;
    private volatile boolean isClosed;

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
        var meters = parts.meters();
        for (var cause : Cause.values()) {
            var name = "gateway.credential.rotations";
            rotations.put(cause, meters.counter(name, "cause", cause.tag()));
        }
        failures = meters.counter("gateway.credential.rotation.failures");
        drains = meters.timer("gateway.credential.drain");
        rotation = new Rotation(this, parts.clock());
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
                                () -> open(parts.settings().poolSizeMin())));
        gauge("gateway.credential.age", "Age of the database credential in use", l -> l.age());
        gauge("gateway.credential.left", "Left of the credential's lease", l -> l.left());
        Gauge.builder("gateway.pools.alive", alive, Set::size)
                .description("Pools with open sessions, %d at most".formatted(ALIVE_MAX))
                .register(meters);
        rotation.start();
    }

    private void gauge(String name, String what, Function<CredentialLease, Duration> of) {
        TimeGauge.builder(
                        name,
                        this,
                        TimeUnit.MILLISECONDS,
                        pools -> of.apply(pools.current().lease()).toMillis())
                .description(what)
                .register(parts.meters());
    }

    /** A pool with a credential of its own that the database has accepted. */
    private Pool open(int sessions) {
        var name = freeName();
        try {
            return open(name, sessions);
        } catch (RuntimeException failure) {
            alive.remove(name);
            throw failure;
        }
    }

    /** As many names as pools may be alive, used over and over: metrics carry them. */
    private String freeName() {
        return IntStream.rangeClosed(1, ALIVE_MAX)
                .mapToObj(number -> "gateway-" + number)
                .filter(alive::add)
                .findFirst()
                .orElseThrow(() -> new NotYet(ALIVE_MAX + " pools are alive"));
    }

    @SuppressWarnings("MustBeClosedChecker") // owned by the pool; closed here if none comes about
    private Pool open(String name, int sessions) {
        var lease = new CredentialLease(parts.vault(), parts.settings().role(), parts.clock());
        try {
            check(lease.credential());
            var pool = new Pool(lease, parts, name, this::suspect);
            pool.warm(sessions);
            return pool;
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
                var row = statement.executeQuery(WHO)) {
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
        return Holdings.ofProcess().hold(session());
    }

    @MustBeClosed
    private Connection session() throws SQLException {
        var pool = current();
        try {
            return pool.acquire();
        } catch (SQLException failure) {
            return acquireFromNext(pool, failure);
        }
    }

    /** A pool that was exchanged under our hands, or whose credential is being, has a successor. */
    @MustBeClosed
    private Connection acquireFromNext(Pool first, SQLException firstFailure) throws SQLException {
        var pool = first;
        var failure = firstFailure;
        for (var swaps = 0; swaps < ALIVE_MAX; swaps++) {
            var failed = pool;
            if (isDenied(failure)) {
                rotation.suspect();
                Pause.until(Pool.WAIT_MAX, () -> !failed.equals(current()));
            }
            pool = current();
            if (pool.equals(failed)) {
                break;
            }
            try {
                return pool.acquire();
            } catch (SQLException again) {
                failure = again;
            }
        }
        throw failure;
    }

    @Override
    @CanIgnoreReturnValue
    public boolean suspect(SQLException error) {
        var isDenied = isDenied(error);
        if (isDenied) {
            rotation.suspect();
        }
        return isDenied;
    }

    Pool current() {
        return current.get();
    }

    /** The credential in hand, for looks at the database. */
    @Override
    public Credential credential() {
        return current().lease().credential();
    }

    /** True where the server itself said so, however deep the pool has buried it. */
    private static boolean isDenied(Throwable error) {
        var each = error;
        for (var depth = 0; each != null && depth < CAUSES_MAX; depth++) {
            if (each instanceof SQLException sql && ACCESS_DENIED.contains(sql.getErrorCode())) {
                return true;
            }
            each = each.getCause();
        }
        return false;
    }

    /** False only where a login just now was denied. */
    boolean isAccepted(Pool pool) {
        try (var _ = parts.logins().look(pool.lease().credential())) {
            return true;
        } catch (SQLException failure) {
            return !isDenied(failure);
        }
    }

    /** How many pools have sessions, or are about to. */
    int alive() {
        return alive.size();
    }

    /** Whether so many pools are alive that an exchange that can wait should. */
    boolean isFull() {
        return alive.size() >= ALIVE_MAX;
    }

    /**
     * Swaps in a pool with a new credential. Fails with {@link NotYet} or {@link StartRefused}, the
     * old one in place; on the thread of {@link Rotation} alone.
     */
    void exchange(Cause cause) {
        try {
            if (isFull()) {
                draining.stream().findFirst().ifPresent(this::end); // cut: all others wait for this
            }
            var old = current.getAndSet(open(current().size()));
            draining.add(old);
            Thread.ofVirtual().name("pool-drain").start(() -> retire(old));
        } catch (RuntimeException failure) {
            failures.increment();
            throw failure;
        }
        Objects.requireNonNull(rotations.get(cause)).increment();
        if (isClosed) {
            end(); // it came after the end
        }
    }

    private void retire(Pool old) {
        drains.record(() -> old.drain(DRAIN_MAX));
        end(old);
    }

    private void end(Pool old) {
        if (draining.remove(old)) { // else another thread ends it, and its name may be another's
            old.close();
            alive.remove(old.name());
        }
    }

    @Override
    public boolean isAway() {
        return current().isAway();
    }

    /** Opens all sessions anew, with the nearest server if it is ready. */
    @Override
    public void comeHome() {
        LOG.info("the nearest database server is ready again: sessions move to it");
        current().comeHome();
    }

    /** The error without what names users, hosts or statements. */
    static String describe(SQLException error) {
        return "database error %d (SQLSTATE %s)"
                .formatted(error.getErrorCode(), error.getSQLState());
    }

    @Override
    public void close() {
        isClosed = true;
        rotation.close();
        end();
        if (!Pause.until(END_WAIT, alive::isEmpty)) {
            LOG.warn("pools that are still closing: {}", alive);
        }
    }

    private void end() {
        draining.add(current());
        draining.forEach(this::end);
    }
}
