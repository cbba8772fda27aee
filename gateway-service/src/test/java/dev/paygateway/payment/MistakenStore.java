package dev.paygateway.payment;

import dev.paygateway.sabotage.DelegatingStore;
import java.time.Instant;
import java.util.Optional;

/** A store that passes all on, but for its mistake. */
class MistakenStore extends DelegatingStore {
    private MistakenStore(Store real) {
        super(real);
    }

    /** Looks at no version and no fence. */
    static final class Blind extends MistakenStore {
        Blind(Store real) {
            super(real);
        }

        @Override
        public Commit commit(Decision decision) {
            return super.commit(
                    decision.before().isEmpty()
                            ? decision
                            : fenced(decision, payment(decision.after().id()).orElseThrow()));
        }

        @Override
        public boolean reschedule(Operation operation) {
            return super.reschedule(fenced(operation));
        }
    }

    /** Looks at no fence. */
    static final class Unfenced extends MistakenStore {
        Unfenced(Store real) {
            super(real);
        }

        @Override
        public Commit commit(Decision decision) {
            return super.commit(
                    decision.before().map(before -> fenced(decision, before)).orElse(decision));
        }

        @Override
        public void release(Operation leased, Instant again) {
            super.release(fenced(leased), again);
        }

        @Override
        public boolean reschedule(Operation operation) {
            return super.reschedule(fenced(operation));
        }
    }

    /** Calls the acquirer while the intent is not committed yet. */
    static final class Eager extends MistakenStore {
        private final Acquirer.Directory acquirers;

        Eager(Store real, Acquirer.Directory acquirers) {
            super(real);
            this.acquirers = acquirers;
        }

        @Override
        public Commit commit(Decision decision) {
            decision.started()
                    .filter(operation -> operation.order().kind() == Operation.Kind.AUTHORIZE)
                    .ifPresent(operation -> charge(operation, decision.after()));
            return super.commit(decision);
        }

        private void charge(Operation operation, Payment payment) {
            acquirers
                    .named(operation.order().acquirer())
                    .authorize(operation, payment, payment.terms()::card);
        }
    }

    /** The same decision, on what is there now. */
    Decision fenced(Decision decision, Payment current) {
        var after = decision.after();
        return new Decision(
                decision.claim(),
                Optional.of(current),
                new Payment(
                        after.id(),
                        after.terms(),
                        after.status(),
                        after.amounts(),
                        after.route(),
                        after.openOperation(),
                        after.decline(),
                        current.version() + 1,
                        after.updatedAt()),
                decision.changed().stream().map(this::fenced).toList(),
                decision.started(),
                decision.event(),
                decision.answered());
    }

    Operation fenced(Operation operation) {
        return new Operation(
                operation.id(),
                operation.order(),
                operation.state(),
                operation.acquirerReference(),
                operation.decline(),
                operation.watch(),
                operation(operation.id()).orElseThrow().fence(),
                operation.updatedAt());
    }
}
