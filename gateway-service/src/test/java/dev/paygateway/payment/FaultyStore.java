package dev.paygateway.payment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A store behind a network: slow, away now and then, its commits sometimes in doubt. */
final class FaultyStore implements Store {
    private final MemoryStore kept;
    private final Baton baton;
    private boolean isHealthy;

    FaultyStore(MemoryStore kept, Baton baton) {
        this.kept = kept;
        this.baton = baton;
    }

    void heal() {
        isHealthy = true;
    }

    @Override
    public Commit commit(Decision decision) {
        baton.pause(Duration.ofMillis(baton.dice().nextInt(20)));
        var roll = isHealthy ? 99 : baton.dice().nextInt(100);
        if (roll < 4) {
            return new Commit.Refused("no connection");
        }
        if (roll < 8) {
            return new Commit.Unconfirmed("lost before it arrived");
        }
        var commit = kept.commit(decision);
        baton.pause(Duration.ofMillis(baton.dice().nextInt(20)));
        return roll < 12 ? new Commit.Unconfirmed("lost after it was written") : commit;
    }

    private <T> T read(Supplier<T> reading) {
        baton.pause(Duration.ofMillis(baton.dice().nextInt(5)));
        if (!isHealthy && baton.dice().nextInt(50) == 0) {
            throw new Unavailable("no connection", new IllegalStateException("simulated"));
        }
        return reading.get();
    }

    @Override
    public Optional<Payment> payment(PaymentId id) {
        return read(() -> kept.payment(id));
    }

    @Override
    public Optional<Operation> operation(OperationId id) {
        return read(() -> kept.operation(id));
    }

    @Override
    public Optional<KeyHolder> holder(Merchant merchant, String key) {
        return read(() -> kept.holder(merchant, key));
    }

    @Override
    public List<OperationId> due(Instant now, int countMax) {
        return read(() -> kept.due(now, countMax));
    }

    @Override
    public Optional<Operation> lease(OperationId id, String owner, Instant now, Duration length) {
        return read(() -> kept.lease(id, owner, now, length));
    }

    @Override
    public void release(Operation leased, Instant again) {
        read(() -> {
            kept.release(leased, again);
            return true;
        });
    }

    @Override
    public boolean reschedule(Operation operation) {
        return read(() -> kept.reschedule(operation));
    }
}
