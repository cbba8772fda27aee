package dev.paygateway.store;

import dev.paygateway.payment.Decision;
import dev.paygateway.payment.PaymentId;
import dev.paygateway.payment.Store.Commit;
import dev.paygateway.payment.Store.Unavailable;
import dev.paygateway.payment.Time;
import dev.paygateway.store.Query.Freshness;
import dev.paygateway.store.Session.Failure;
import java.sql.SQLException;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Commits decisions. After a try whose fate is not known the timeline tells: our event in our place
 * means committed, another's means that a twin won, none means that the same transaction is sent
 * again, so that a late ghost of the first meets its own ids.
 */
final class Committer {
    private static final String EVENT = "SELECT id FROM event WHERE payment_id = ? AND seq = ?";

    private final Database database;
    private final DecisionStatements statements;
    private final Time time;
    private final RandomGenerator dice;

    Committer(Database database, DecisionStatements statements, Time time, RandomGenerator dice) {
        this.database = database;
        this.statements = statements;
        this.time = time;
        this.dice = dice;
    }

    Commit commit(Decision decision) {
        var compound = statements.compound(decision);
        var patience = new Patience(time, dice);
        while (true) {
            var failure = database.write(compound, patience.tryTime());
            if (failure.isEmpty()) {
                return new Commit.Done();
            }
            var verdict = judge(decision, failure.get(), patience);
            if (verdict.isPresent()) {
                return verdict.get();
            }
            if (!patience.waits()) {
                return gaveUp(failure.get(), patience);
            }
        }
    }

    private static Commit gaveUp(Failure failure, Patience patience) {
        return patience.isDoubtful()
                ? new Commit.Unconfirmed(failure.words())
                : new Commit.Refused(failure.words());
    }

    /** Empty: try again. */
    private Optional<Commit> judge(Decision decision, Failure failure, Patience patience) {
        if (failure.kind() == SqlFailure.UNKNOWN) {
            patience.doubt();
        }
        if (!patience.isDoubtful() && !failure.kind().mayBeOurs()) {
            return verdict(decision, failure, patience);
        }
        return switch (look(decision, patience)) {
            case OURS -> Optional.of(new Commit.Done());
            case ANOTHERS -> Optional.of(new Commit.Stale());
            case NOBODYS -> verdict(decision, failure, patience);
            case UNSEEN -> Optional.empty();
        };
    }

    /** Whose event stands in the place of the timeline that a decision is for. */
    private enum Place {
        OURS,
        ANOTHERS,
        NOBODYS,
        /** The database could not be asked. */
        UNSEEN
    }

    private Place look(Decision decision, Patience patience) {
        var query =
                Query.of(
                        Freshness.EVERYTHING,
                        EVENT,
                        decision.after().id().value(),
                        decision.after().version());
        try {
            var ids = database.allWithin(patience.tryTime(), query, row -> row.getString("id"));
            if (ids.isEmpty()) {
                return Place.NOBODYS;
            }
            return ids.contains(decision.event().id()) ? Place.OURS : Place.ANOTHERS;
        } catch (SQLException _) {
            return Place.UNSEEN;
        }
    }

    /** What an error means where the decision is not committed; empty: try again. */
    private Optional<Commit> verdict(Decision decision, Failure failure, Patience patience) {
        return switch (failure.kind()) {
            case KEY_TAKEN -> Optional.of(new Commit.KeyTaken());
            case REFERENCE_TAKEN -> holder(decision).map(Commit.ReferenceTaken::new);
            case STALE -> Optional.of(new Commit.Stale());
            case INVALID -> Optional.of(gaveUp(failure, patience));
            case NO_SESSION -> refused(decision, failure, patience);
            case OWN_PLACE_TAKEN, ROLLED_BACK, NOT_EXECUTED, UNKNOWN -> Optional.empty();
        };
    }

    /**
     * A first commit is refused at once where the database is away: its caller may repeat it, here
     * or elsewhere, and threads that wait for nothing would make a storm of the repeats. What an
     * acquirer has answered is worth waiting for: empty.
     */
    private static Optional<Commit> refused(Decision decision, Failure failure, Patience patience) {
        return decision.claim().isPresent() && !patience.isDoubtful()
                ? Optional.of(gaveUp(failure, patience))
                : Optional.empty();
    }

    /** Empty: it is gone again, or cannot be seen. */
    private Optional<PaymentId> holder(Decision decision) {
        var terms = decision.after().terms();
        var query =
                Query.of(
                        Freshness.ACKNOWLEDGED,
                        """
                        SELECT id FROM payment
                        WHERE merchant_id = ? AND mode = ? AND live_reference = ?\
                        """,
                        terms.merchant().id(),
                        terms.merchant().mode().code(),
                        terms.reference());
        try {
            return database.first(query, row -> new PaymentId(row.getString("id")));
        } catch (Unavailable _) {
            return Optional.empty();
        }
    }
}
