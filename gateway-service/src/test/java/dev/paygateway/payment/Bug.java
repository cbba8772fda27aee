package dev.paygateway.payment;

import dev.paygateway.sabotage.DelegatingAcquirer;
import java.util.Optional;

/** Mistakes that other gateways have made, put around a port; the simulation must notice each. */
public enum Bug {
    NONE("", "nothing"),
    SILENCE_MEANS_REFUSED("I3", "a timeout at the acquirer is taken for a refusal"),
    NOT_FOUND_IS_PROOF(
            "I3", "\"I do not know that reference\" is taken for proof, at once and unreversed"),
    WRITES_ARE_BLIND("I6", "rows are written without looking at their version or fence"),
    RECOVERY_CHARGES_AGAIN(
            "I2", "recovery sends what it finds unanswered to be charged, under a new reference"),
    SYNC_WAIT_OFF("I13", "reads do not wait for what was committed before in the other region"),
    CERTIFICATION_OFF("I8", "of two transactions that wrote the same row, both are kept"),
    PARENT_NOT_WRITTEN(
            "I4", "a capture or refund is begun by an insert alone, its payment's row unwritten"),
    KEY_UNIQUE_IN_ONE_REGION("I2", "each region alone sees to it that a key is used once"),
    LOST_COMMIT_MEANS_DONE("I1", "a connection lost at COMMIT is taken for a commit"),
    FLUSH_OFF("I1", "a crash takes the commits of the last second from a node's disk"),
    SILENCE_GETS_A_NEW_KEY(
            "I2", "no answer is taken for a failure, and the order is sent under a new key"),
    CHARGES_INSIDE_THE_TRANSACTION("I3", "the acquirer is called before the commit of the intent"),
    FENCE_OFF("-", "whoever held an operation once may still write it"),
    REVERSAL_WITHOUT_TOMBSTONE(
            "I3", "an acquirer that undoes what it does not know yet forgets that it was told to");

    private final String invariant;
    private final String words;

    Bug(String invariant, String words) {
        this.invariant = invariant;
        this.words = words;
    }

    /** The one that it breaks, as invariants are numbered. */
    String invariant() {
        return invariant;
    }

    String words() {
        return words;
    }

    Acquirer around(Acquirer acquirer, Ids ids) {
        return new Mistaken(this, acquirer, ids);
    }

    Store around(Store store) {
        return switch (this) {
            case WRITES_ARE_BLIND -> new MistakenStore.Blind(store);
            case FENCE_OFF -> new MistakenStore.Unfenced(store);
            default -> store;
        };
    }

    Store around(Store store, Acquirer.Directory acquirers) {
        return this == CHARGES_INSIDE_THE_TRANSACTION
                ? new MistakenStore.Eager(store, acquirers)
                : around(store);
    }

    private static final class Mistaken extends DelegatingAcquirer {
        private final Bug bug;
        private final Ids ids;

        Mistaken(Bug bug, Acquirer real, Ids ids) {
            super(real);
            this.bug = bug;
            this.ids = ids;
        }

        @Override
        public Outcome authorize(Operation operation, Payment payment, Instrument instrument) {
            return twisted(super.authorize(operation, payment, instrument));
        }

        @Override
        public Outcome submit(Operation operation, Payment payment) {
            return twisted(super.submit(operation, payment));
        }

        @Override
        public Outcome inquire(Operation operation, Payment payment) {
            var outcome = super.inquire(operation, payment);
            if (bug == RECOVERY_CHARGES_AGAIN && outcome instanceof Outcome.NotFound) {
                var again = Operation.sent(ids.operation(), operation.order());
                return super.authorize(again, payment, payment.terms()::card);
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
}
