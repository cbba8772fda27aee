package dev.paygateway.payment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Mistakes that other gateways have made, put around a port; the simulation must notice each. */
enum Bug {
    NONE,
    /** A timeout is taken for a refusal. */
    SILENCE_MEANS_REFUSED,
    /** "I do not know that reference" is taken for proof, at once and without a reversal. */
    NOT_FOUND_IS_PROOF,
    /** Rows are written without looking at their version or fence. */
    WRITES_ARE_BLIND,
    /** Recovery sends what it finds unanswered to be charged, under a new reference. */
    RECOVERY_CHARGES_AGAIN,
    /** Reads do not wait for what was committed before them in the other region. */
    SYNC_WAIT_OFF,
    /** Of two transactions that wrote the same row, both are kept. */
    CERTIFICATION_OFF,
    /** Each region alone sees to it that a key is used once. */
    KEY_UNIQUE_IN_ONE_REGION,
    /** A connection lost at COMMIT is taken for a commit. */
    LOST_COMMIT_MEANS_DONE,
    /** No answer is taken for a failure, and the order is sent again under a new key. */
    SILENCE_GETS_A_NEW_KEY,
    /** Whoever held an operation once may still write it. */
    FENCE_OFF,
    /** An acquirer that undoes what it does not know yet forgets that it was told to. */
    REVERSAL_WITHOUT_TOMBSTONE;

    Acquirer around(Acquirer acquirer, Ids ids) {
        return new Mistaken(this, acquirer, ids);
    }

    Store around(Store store) {
        return this == WRITES_ARE_BLIND ? new Blind(store) : store;
    }

    private record Mistaken(Bug bug, Acquirer real, Ids ids) implements Acquirer {
        @Override
        public String name() {
            return real.name();
        }

        @Override
        public Capabilities capabilities() {
            return real.capabilities();
        }

        @Override
        public boolean isReachable() {
            return real.isReachable();
        }

        @Override
        public Outcome authorize(Operation operation, Payment payment, Instrument instrument) {
            return twisted(real.authorize(operation, payment, instrument));
        }

        @Override
        public Outcome submit(Operation operation, Payment payment) {
            return twisted(real.submit(operation, payment));
        }

        @Override
        public Outcome inquire(Operation operation, Payment payment) {
            var outcome = real.inquire(operation, payment);
            if (bug == RECOVERY_CHARGES_AGAIN && outcome instanceof Outcome.NotFound) {
                var again = Operation.sent(ids.operation(), operation.order());
                return real.authorize(again, payment, payment.terms()::card);
            }
            return twisted(outcome);
        }

        private Outcome twisted(Outcome outcome) {
            return switch (outcome) {
                case Outcome.Silent _ when bug == SILENCE_MEANS_REFUSED ->
                        new Outcome.Refused(
                                new Decline(
                                        "timeout", Optional.empty(), Decline.Advice.RETRY_LATER),
                                false);
                case Outcome.NotFound _ when bug == NOT_FOUND_IS_PROOF -> new Outcome.Undone(false);
                default -> outcome;
            };
        }
    }

    private record Blind(Store real) implements Store {
        @Override
        public Commit commit(Decision decision) {
            return real.commit(decision.before().isPresent() ? rebased(decision) : decision);
        }

        private Decision rebased(Decision decision) {
            var current = real.payment(decision.after().id()).orElseThrow();
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

        private Operation fenced(Operation operation) {
            return new Operation(
                    operation.id(),
                    operation.order(),
                    operation.state(),
                    operation.acquirerReference(),
                    operation.decline(),
                    operation.watch(),
                    real.operation(operation.id()).orElseThrow().fence(),
                    operation.updatedAt());
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
        public Optional<Operation> lease(
                OperationId id, String owner, Instant now, Duration length) {
            return real.lease(id, owner, now, length);
        }

        @Override
        public void release(Operation leased, Instant again) {
            real.release(leased, again);
        }

        @Override
        public boolean reschedule(Operation operation) {
            return real.reschedule(fenced(operation));
        }
    }
}
