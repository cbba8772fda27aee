package dev.paygateway.store;

import static dev.paygateway.store.Columns.ifAny;
import static dev.paygateway.store.Columns.utc;

import dev.paygateway.payment.Decision;
import dev.paygateway.payment.Merchant;
import dev.paygateway.payment.Operation;
import dev.paygateway.payment.OperationId;
import dev.paygateway.payment.Payment;
import dev.paygateway.payment.PaymentId;
import dev.paygateway.payment.Rendering;
import dev.paygateway.payment.Store;
import dev.paygateway.payment.Time;
import dev.paygateway.resource.Connections;
import dev.paygateway.store.Query.Freshness;
import dev.paygateway.store.Session.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Keeps decisions in the database. */
@Component
final class SqlStore implements Store {
    private static final String PAYMENT = "SELECT * FROM payment WHERE id = ?";

    private static final String OPERATION = "SELECT * FROM operation WHERE id = ?";

    private static final String HOLDER =
            """
            SELECT merchant_id, mode, idem_key, payment_id, operation_id, fingerprint, status, body
            FROM idempotency WHERE merchant_id = ? AND mode = ? AND idem_key = ?\
            """;

    private static final String DUE =
            """
            SELECT id FROM operation
            WHERE next_check_at <= ? AND (lease_until IS NULL OR lease_until < ?)
            ORDER BY next_check_at LIMIT ?\
            """;

    private static final String LEASE =
            Guard.OPERATION_UNCHANGED.exactlyOne(
                    """
                    UPDATE operation SET
                        lease_owner = ?, lease_until = ?, fence = fence + 1,
                        revision = revision + 1
                    WHERE id = ? AND next_check_at <= ?
                        AND (lease_until IS NULL OR lease_until < ?);
                    """);

    private static final String LEASED =
            "SELECT * FROM operation WHERE id = ? AND lease_owner = ? AND lease_until = ?";

    private static final String RESCHEDULE =
            Guard.OPERATION_UNCHANGED.exactlyOne(
                    """
                    UPDATE operation SET
                        next_check_at = ?, checks = ?, not_found = ?, updated_at = ?,
                        lease_owner = NULL, lease_until = NULL, revision = revision + 1
                    WHERE id = ? AND fence = ? AND state = ?;
                    """);

    /** A lease that was lost, or ended by a write, is nobody's to release: no row, no error. */
    private static final String RELEASE =
            """
            UPDATE operation SET
                next_check_at = ?, lease_owner = NULL, lease_until = NULL, revision = revision + 1
            WHERE id = ? AND fence = ? AND lease_owner IS NOT NULL;
            """;

    private final Database database;
    private final Committer committer;

    @Autowired
    SqlStore(Connections connections, Rendering rendering, Time time) {
        this(connections, rendering, time, new Random());
    }

    /** With other dice for the pauses between tries. */
    SqlStore(Connections connections, Rendering rendering, Time time, RandomGenerator dice) {
        this.database = new Database(connections, time);
        this.committer = new Committer(database, new DecisionStatements(rendering), time, dice);
    }

    @Override
    public Commit commit(Decision decision) {
        return committer.commit(decision);
    }

    @Override
    public Optional<Payment> payment(PaymentId id) {
        return database.first(Query.of(Freshness.ACKNOWLEDGED, PAYMENT, id.value()), Rows::payment);
    }

    @Override
    public Optional<Operation> operation(OperationId id) {
        return database.first(
                Query.of(Freshness.ACKNOWLEDGED, OPERATION, id.value()), Rows::operation);
    }

    @Override
    public Optional<KeyHolder> holder(Merchant merchant, String key) {
        return database.first(
                Query.of(
                        Freshness.ACKNOWLEDGED, HOLDER, merchant.id(), merchant.mode().code(), key),
                Rows::holder);
    }

    @Override
    public List<OperationId> due(Instant now, int countMax) {
        return database.all(
                Query.of(Freshness.ANY, DUE, utc(now), utc(now), countMax),
                row -> new OperationId(row.getString("id")));
    }

    @Override
    public Optional<Operation> lease(OperationId id, String owner, Instant now, Duration length) {
        var until = now.plus(length);
        if (!write(LEASE, owner, utc(until), id.value(), utc(now), utc(now))) {
            return Optional.empty();
        }
        return database.first(
                Query.of(Freshness.ACKNOWLEDGED, LEASED, id.value(), owner, utc(until)),
                Rows::operation);
    }

    @Override
    public void release(Operation leased, Instant again) {
        var failure = tryWrite(RELEASE, utc(again), leased.id().value(), leased.fence());
        if (failure.isPresent()) {
            throw new Unavailable("the lease is not released", failure.get().cause());
        }
    }

    @Override
    public boolean reschedule(Operation operation) {
        var watch = operation.watch();
        return write(
                RESCHEDULE,
                ifAny(watch.nextCheckAt().map(Columns::utc)),
                watch.checks(),
                watch.notFound(),
                utc(operation.updatedAt()),
                operation.id().value(),
                operation.fence(),
                operation.state().code());
    }

    /**
     * A write that needs no second try: whoever lost it looks again later. False also where its
     * fate is not known; a lease taken that way ends by itself.
     */
    private boolean write(String statement, @Nullable Object... values) {
        return tryWrite(statement, values).isEmpty();
    }

    private Optional<Failure> tryWrite(String statement, @Nullable Object... values) {
        var compound = new Compound.Builder();
        compound.add(statement, values);
        return database.write(compound.build(), Patience.COMMIT_TIME_MAX);
    }
}
