package dev.paygateway.sabotage;

import dev.paygateway.payment.Claim;
import dev.paygateway.payment.Decision;
import dev.paygateway.payment.Merchant;
import dev.paygateway.payment.Payment;
import dev.paygateway.payment.Store;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Idempotency off: no key is ever found taken, no reference ever in use. */
final class KeylessStore extends DelegatingStore {
    private final AtomicLong number = new AtomicLong();

    KeylessStore(Store real) {
        super(real);
    }

    @Override
    public Commit commit(Decision decision) {
        return decision.claim().isPresent() && decision.before().isEmpty()
                ? super.commit(unkeyed(decision, decision.claim().get()))
                : super.commit(unanswered(decision));
    }

    @Override
    public Optional<KeyHolder> holder(Merchant merchant, String key) {
        return Optional.empty();
    }

    private Decision unkeyed(Decision decision, Claim claim) {
        var another = claim.key() + "-" + number.incrementAndGet() + "-" + System.nanoTime();
        return new Decision(
                Optional.of(new Claim(claim.merchant(), another, Map.of())),
                decision.before(),
                unreferenced(decision.after()),
                decision.changed(),
                decision.started(),
                decision.event(),
                decision.answered());
    }

    /** The answer has no row to go to, since the key was never taken. */
    private static Decision unanswered(Decision decision) {
        return new Decision(
                decision.claim(),
                decision.before(),
                unreferenced(decision.after()),
                decision.changed(),
                decision.started(),
                decision.event(),
                Optional.empty());
    }

    private static Payment unreferenced(Payment payment) {
        var terms = payment.terms();
        return new Payment(
                payment.id(),
                new Payment.Terms(
                        terms.merchant(),
                        terms.reference(),
                        false,
                        terms.captureMode(),
                        terms.asked(),
                        terms.card(),
                        terms.region(),
                        terms.idempotencyKey(),
                        terms.metadata(),
                        terms.onUnknown(),
                        terms.unknownDeadline(),
                        terms.createdAt()),
                payment.status(),
                payment.amounts(),
                payment.route(),
                payment.openOperation(),
                payment.decline(),
                payment.version(),
                payment.updatedAt());
    }
}
