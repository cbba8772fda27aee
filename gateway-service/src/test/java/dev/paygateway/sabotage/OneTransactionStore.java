package dev.paygateway.sabotage;

import dev.paygateway.payment.Decision;
import dev.paygateway.payment.PaymentId;
import dev.paygateway.payment.Store;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Holds the first commit of a payment back until the acquirer has answered, as one transaction. */
final class OneTransactionStore extends DelegatingStore {
    private final Map<PaymentId, Decision> held = new ConcurrentHashMap<>();

    OneTransactionStore(Store real) {
        super(real);
    }

    @Override
    public Commit commit(Decision decision) {
        if (decision.before().isEmpty()) {
            held.put(decision.after().id(), decision);
            return new Commit.Done();
        }
        var first = held.remove(decision.after().id());
        if (first == null) {
            return super.commit(decision);
        }
        var begun = super.commit(first);
        return begun instanceof Commit.Done ? super.commit(decision) : begun;
    }
}
