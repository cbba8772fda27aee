package dev.paygateway.sabotage;

import dev.paygateway.payment.Decision;
import dev.paygateway.payment.Merchant;
import dev.paygateway.payment.Operation;
import dev.paygateway.payment.OperationId;
import dev.paygateway.payment.Payment;
import dev.paygateway.payment.PaymentId;
import dev.paygateway.payment.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Does what the real store does, until a subclass makes its one mistake. */
public abstract class DelegatingStore implements Store {
    private final Store real;

    protected DelegatingStore(Store real) {
        this.real = real;
    }

    @Override
    public Commit commit(Decision decision) {
        return real.commit(decision);
    }

    @Override
    public Optional<Payment> payment(PaymentId id) {
        return real.payment(id);
    }

    @Override
    public Optional<Operation> operation(OperationId id) {
        return real.operation(id);
    }

    @Override
    public Optional<KeyHolder> holder(Merchant merchant, String key) {
        return real.holder(merchant, key);
    }

    @Override
    public List<OperationId> due(Instant now, int countMax) {
        return real.due(now, countMax);
    }

    @Override
    public Optional<Operation> lease(OperationId id, String owner, Instant now, Duration length) {
        return real.lease(id, owner, now, length);
    }

    @Override
    public void release(Operation leased, Instant again) {
        real.release(leased, again);
    }

    @Override
    public boolean reschedule(Operation operation) {
        return real.reschedule(operation);
    }
}
