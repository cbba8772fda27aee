package dev.paygateway.store;

import dev.paygateway.payment.Store.Unavailable;
import dev.paygateway.payment.Time;
import dev.paygateway.resource.Connections;
import dev.paygateway.store.Session.Failure;
import dev.paygateway.store.Session.Mapper;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Runs reads and compound statements, each on a connection of its own, in bounded time. */
final class Database {
    /** A read is harmless to repeat; a connection that died in the pool is the usual reason to. */
    private static final int READ_TRIES_MAX = 3;

    /** After this a failed read is not repeated: a server that hangs has had its chance. */
    private static final Duration READ_AGAIN_WITHIN = Duration.ofSeconds(1);

    private static final Duration READ_PAUSE = Duration.ofMillis(50);

    /** The sync wait (2 s) and the read itself (2 s) end on the server before this. */
    private static final Duration READ_TIME_MAX = Duration.ofMillis(4_500);

    private static final int UNKNOWN_VARIABLE = 1193;

    private final Connections connections;
    private final Time time;
    private volatile boolean hasSyncWait = true;

    Database(Connections connections, Time time) {
        this.connections = connections;
        this.time = time;
    }

    /** The first row, if any. Fails with {@link Unavailable}. */
    <R> Optional<R> first(Query query, Mapper<R> mapper) {
        return all(query, mapper).stream().findFirst();
    }

    /** All rows: the query bounds them. Fails with {@link Unavailable}. */
    <R> List<R> all(Query query, Mapper<R> mapper) {
        var until = time.now().plus(READ_AGAIN_WITHIN);
        for (var tries = 1; ; tries++) {
            try {
                return allWithin(READ_TIME_MAX, query, mapper);
            } catch (SQLException failure) {
                if (tries == READ_TRIES_MAX || time.now().isAfter(until)) {
                    throw new Unavailable("the database cannot be read", failure);
                }
                time.pause(READ_PAUSE);
            }
        }
    }

    /** One try, for a caller that counts its own. */
    <R> List<R> allWithin(Duration timeMax, Query query, Mapper<R> mapper) throws SQLException {
        try (var session = Session.open(connections, timeMax)) {
            return session.read(hasSyncWait ? query : query.withoutWait(), mapper);
        } catch (SQLException failure) {
            if (failure.getErrorCode() == UNKNOWN_VARIABLE) {
                hasSyncWait = false;
            }
            connections.suspect(failure);
            throw failure;
        }
    }

    /** One try to commit; empty: committed. */
    Optional<Failure> write(Compound compound, Duration timeMax) {
        var failure = send(compound, timeMax);
        failure.filter(Database::isSuspicious).ifPresent(f -> connections.suspect(f.cause()));
        return failure;
    }

    private Optional<Failure> send(Compound compound, Duration timeMax) {
        try (var session = Session.open(connections, timeMax)) {
            return session.write(compound);
        } catch (SQLTransientConnectionException none) {
            // The credential's successor is worth another try; a server that is not there is not.
            var kind = connections.suspect(none) ? SqlFailure.NOT_EXECUTED : SqlFailure.NO_SESSION;
            return Optional.of(new Failure(kind, none));
        } catch (SQLException broken) {
            return Optional.of(new Failure(SqlFailure.NOT_EXECUTED, broken));
        }
    }

    private static boolean isSuspicious(Failure failure) {
        return switch (failure.kind()) {
            case NOT_EXECUTED, UNKNOWN -> true;
            case KEY_TAKEN,
                    REFERENCE_TAKEN,
                    STALE,
                    OWN_PLACE_TAKEN,
                    ROLLED_BACK,
                    NO_SESSION,
                    INVALID ->
                    false;
        };
    }
}
