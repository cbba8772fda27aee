package dev.paygateway.edge;

import dev.paygateway.payment.Acquirer;
import dev.paygateway.payment.Decision;
import dev.paygateway.payment.Merchant;
import dev.paygateway.payment.Operation;
import dev.paygateway.payment.OperationId;
import dev.paygateway.payment.Outcome;
import dev.paygateway.payment.Payment;
import dev.paygateway.payment.PaymentId;
import dev.paygateway.payment.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What stands behind the domain's ports while a payment is rehearsed. */
final class Backstage {
    private Backstage() {}

    /**
     * Says that all is done and stores nothing. A first commit goes nowhere. A second one goes to
     * the database, where its payment does not exist: the statement's guard meets no row, and all
     * of it is rolled back. Reads look for what is not there.
     */
    record NothingStored(Store real) implements Store {
        @Override
        public Commit commit(Decision decision) {
            if (decision.before().isPresent()) {
                real.commit(decision);
            }
            return new Commit.Done();
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
            return List.of();
        }

        @Override
        public Optional<Operation> lease(
                OperationId id, String owner, Instant now, Duration length) {
            return Optional.empty();
        }

        @Override
        public void release(Operation leased, Instant again) {}

        @Override
        public boolean reschedule(Operation operation) {
            return true;
        }
    }

    /** Approves everything and asks nobody. */
    static final class NobodyCharged implements Acquirer, Acquirer.Directory {
        private static final Capabilities CAPABILITIES =
                new Capabilities(true, true, true, Duration.ofSeconds(1));

        @Override
        public String name() {
            return "rehearsal";
        }

        @Override
        public Capabilities capabilities() {
            return CAPABILITIES;
        }

        @Override
        public boolean isReachable() {
            return true;
        }

        @Override
        public Outcome authorize(Operation operation, Payment payment, Instrument instrument) {
            return new Outcome.Approved("rehearsal", payment.terms().asked(), Optional.empty());
        }

        @Override
        public Outcome submit(Operation operation, Payment payment) {
            return new Outcome.Silent("nothing is asked in a rehearsal");
        }

        @Override
        public Outcome inquire(Operation operation, Payment payment) {
            return new Outcome.Silent("nothing is asked in a rehearsal");
        }

        @Override
        public List<Acquirer> routes() {
            return List.of(this);
        }

        @Override
        public Acquirer named(String name) {
            return this;
        }
    }
}
