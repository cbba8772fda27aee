package dev.paygateway.sabotage;

import dev.paygateway.payment.Acquirer;
import dev.paygateway.payment.Decision;
import dev.paygateway.payment.Operation;
import dev.paygateway.payment.Operation.Kind;
import dev.paygateway.payment.Operation.State;
import dev.paygateway.payment.OperationId;
import dev.paygateway.payment.Outcome;
import dev.paygateway.payment.Payment;
import dev.paygateway.payment.Store;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Loses the connection at every tenth commit of an approval, takes lost for failed, and tries the
 * order again from the beginning, under a new id.
 */
final class SecondTry extends DelegatingStore implements Acquirer.Directory {
    private static final int EVERY = 10;

    private final Acquirer.Directory acquirers;
    private final Map<OperationId, Acquirer.Instrument> cards = new ConcurrentHashMap<>();
    private final AtomicLong approvals = new AtomicLong();

    SecondTry(Store real, Acquirer.Directory acquirers) {
        super(real);
        this.acquirers = acquirers;
    }

    @Override
    public List<Acquirer> routes() {
        return acquirers.routes().stream().<Acquirer>map(it -> new Noting(it, cards)).toList();
    }

    @Override
    public Acquirer named(String name) {
        return new Noting(acquirers.named(name), cards);
    }

    @Override
    public Commit commit(Decision decision) {
        var card =
                decision.changed().stream()
                        .filter(SecondTry::isApproval)
                        .findFirst()
                        .flatMap(operation -> Optional.ofNullable(cards.remove(operation.id())));
        return card.isPresent() && approvals.incrementAndGet() % EVERY == 0
                ? super.commit(again(decision, card.get()))
                : super.commit(decision);
    }

    private static boolean isApproval(Operation operation) {
        return operation.order().kind() == Kind.AUTHORIZE && operation.state() == State.SUCCEEDED;
    }

    private Decision again(Decision lost, Acquirer.Instrument card) {
        var first = lost.changed().getFirst();
        var letter = first.id().value().substring("op_".length(), "op_".length() + 1);
        var id = "op_" + letter + UUID.randomUUID().toString().replace("-", "");
        var second = in(State.SUCCEEDED, first, new OperationId(id));
        var outcome =
                acquirers.named(first.order().acquirer()).authorize(second, lost.after(), card);
        if (!(outcome instanceof Outcome.Approved)) {
            return lost;
        }
        return new Decision(
                lost.claim(),
                lost.before(),
                routed(lost.after(), second),
                List.of(in(State.FAILED, first, first.id())),
                Optional.of(second),
                new Decision.Event(lost.event().id(), lost.event().type(), second.id()),
                Optional.of(second));
    }

    private static Operation in(State state, Operation operation, OperationId id) {
        return new Operation(
                id,
                operation.order(),
                state,
                operation.acquirerReference(),
                operation.decline(),
                operation.watch(),
                operation.fence(),
                operation.updatedAt());
    }

    private static Payment routed(Payment payment, Operation operation) {
        return new Payment(
                payment.id(),
                payment.terms(),
                payment.status(),
                payment.amounts(),
                new Payment.Route(payment.route().acquirer(), operation.id()),
                payment.openOperation(),
                payment.decline(),
                payment.version(),
                payment.updatedAt());
    }

    /** Notes what was to be charged, for the second try. */
    private static final class Noting extends DelegatingAcquirer {
        private final Map<OperationId, Acquirer.Instrument> cards;

        Noting(Acquirer real, Map<OperationId, Acquirer.Instrument> cards) {
            super(real);
            this.cards = cards;
        }

        @Override
        public Outcome authorize(Operation operation, Payment payment, Instrument instrument) {
            cards.put(operation.id(), instrument);
            return super.authorize(operation, payment, instrument);
        }
    }
}
