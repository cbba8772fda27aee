package dev.paygateway.sabotage;

import dev.paygateway.payment.Amounts;
import dev.paygateway.payment.Decision;
import dev.paygateway.payment.Operation;
import dev.paygateway.payment.Payment;
import dev.paygateway.payment.Status;
import dev.paygateway.payment.Store;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Takes every tenth second commit for lost, and lost for failed. */
final class HastyStore extends DelegatingStore {
    private static final int EVERY = 10;

    private final AtomicLong approvals = new AtomicLong();

    HastyStore(Store real) {
        super(real);
    }

    @Override
    public Commit commit(Decision decision) {
        var isApproval =
                decision.after().status() == Status.CAPTURED
                        && decision.before()
                                .map(Payment::status)
                                .equals(Optional.of(Status.PROCESSING));
        return isApproval && approvals.incrementAndGet() % EVERY == 0
                ? super.commit(failed(decision))
                : super.commit(decision);
    }

    private static Decision failed(Decision decision) {
        var approved = decision.after();
        var failed =
                new Payment(
                        approved.id(),
                        approved.terms(),
                        Status.FAILED,
                        Amounts.none(approved.terms().asked().getCurrencyUnit()),
                        approved.route(),
                        approved.openOperation(),
                        approved.decline(),
                        approved.version(),
                        approved.updatedAt());
        var operation = decision.changed().getFirst();
        var ended =
                new Operation(
                        operation.id(),
                        operation.order(),
                        Operation.State.FAILED,
                        Optional.empty(),
                        Optional.empty(),
                        operation.watch(),
                        operation.fence(),
                        operation.updatedAt());
        return new Decision(
                decision.claim(),
                decision.before(),
                failed,
                List.of(ended),
                decision.started(),
                new Decision.Event(
                        decision.event().id(), "payment.failed", decision.event().cause()),
                Optional.of(ended));
    }
}
