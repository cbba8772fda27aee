package dev.paygateway.store;

import dev.paygateway.payment.Claim;
import dev.paygateway.payment.Decision;
import dev.paygateway.payment.MemoryStore;
import dev.paygateway.payment.Merchant;
import dev.paygateway.payment.Operation;
import dev.paygateway.payment.Payment;
import dev.paygateway.payment.Status;
import dev.paygateway.payment.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A seeded history of calls to a store, each made on what is there now or on what was there before,
 * as by a caller that is mistaken.
 */
final class Histories {
    static final int EVERYBODYS = 100_000;
    private static final Duration LEASE = Duration.ofSeconds(10);

    /** One call, to be made to each store that is compared. */
    record Call(String words, Function<Store, Object> made) {
        @Override
        public String toString() {
            return words;
        }
    }

    private final Random dice;
    private final Merchant merchant = Samples.merchant();
    private final Set<Payment> payments = new LinkedHashSet<>();
    private final Set<Operation> operations = new LinkedHashSet<>();

    Histories(long seed) {
        this.dice = new Random(seed);
    }

    Random dice() {
        return dice;
    }

    Merchant merchant() {
        return merchant;
    }

    boolean isEmpty() {
        return payments.isEmpty();
    }

    /** What is there now may be what a later call is mistaken about. */
    void remember(MemoryStore now) {
        payments.addAll(now.all());
        operations.addAll(now.allOperations());
    }

    /** Empty: there is nothing yet that such a call could be made on. */
    Optional<Call> next() {
        return switch (dice.nextInt(8)) {
            case 0, 1 -> Optional.of(commit(pay(key(), reference(), dice.nextBoolean())));
            case 2 -> begun().map(this::captured);
            case 3 -> begun().map(this::declined);
            case 4 -> refundable().map(p -> commit(Samples.refund(p, key())));
            case 5 -> any(operations).map(known -> lease(known, at()));
            case 6 -> any(operations).map(this::release);
            default -> any(operations).map(this::reschedule);
        };
    }

    /** Two calls of which one at most can win, whatever their order. */
    Optional<List<Call>> race() {
        return switch (dice.nextInt(6)) {
            case 0 -> {
                var key = key();
                yield Optional.of(
                        List.of(
                                commit(pay(key, Samples.fresh("order-"), true)),
                                commit(pay(key, Samples.fresh("order-"), true))));
            }
            case 1 -> {
                var reference = reference();
                yield Optional.of(
                        List.of(
                                commit(pay(key(), reference, true)),
                                commit(pay(key(), reference, true))));
            }
            case 2 -> begun().map(p -> List.of(captured(p), declined(p)));
            case 3 ->
                    refundable()
                            .map(p ->
                                    List.of(
                                            commit(Samples.refund(p, key())),
                                            commit(Samples.refund(p, key()))));
            case 4 -> {
                var now = at();
                yield any(operations).map(known -> List.of(lease(known, now), lease(known, now)));
            }
            default -> begun().map(p -> List.of(lease(authorization(p), at()), captured(p)));
        };
    }

    private Decision pay(String key, String reference, boolean isUnique) {
        return Samples.pay(merchant, key, reference, isUnique);
    }

    private String key() {
        return "key-" + dice.nextInt(12);
    }

    private String reference() {
        return merchant.id() + "-order-" + dice.nextInt(3);
    }

    /** On a grid of the lease's length, so that ends and beginnings meet. */
    private Instant at() {
        return at(dice.nextInt(8));
    }

    static Instant at(int lease) {
        return Samples.NOW.plusSeconds(8).plus(LEASE.multipliedBy(lease));
    }

    private Optional<Payment> begun() {
        return any(having(payments, p -> p.status() == Status.PROCESSING));
    }

    private Optional<Payment> refundable() {
        var enough = Samples.eur(400);
        return any(having(payments, p -> !p.amounts().refundable().isLessThan(enough)));
    }

    private Operation authorization(Payment payment) {
        var id = payment.route().authorization();
        return any(having(operations, operation -> operation.id().equals(id))).orElseThrow();
    }

    private Call captured(Payment payment) {
        return commit(Samples.captured(payment, authorization(payment)));
    }

    private Call declined(Payment payment) {
        return commit(Samples.declined(payment, authorization(payment)));
    }

    private static <T> Set<T> having(Set<T> all, Predicate<T> condition) {
        var some = new LinkedHashSet<>(all);
        some.removeIf(condition.negate());
        return some;
    }

    private <T> Optional<T> any(Set<T> all) {
        var some = new ArrayList<>(all);
        return some.isEmpty() ? Optional.empty() : Optional.of(some.get(dice.nextInt(some.size())));
    }

    private static Call commit(Decision decision) {
        var words =
                "commit %s %s -> %d, key %s, reference %s"
                        .formatted(
                                decision.event().type(),
                                decision.after().id(),
                                decision.after().version(),
                                decision.claim().map(Claim::key),
                                decision.after().terms().reference());
        return new Call(words, store -> store.commit(decision));
    }

    private Call lease(Operation known, Instant now) {
        var owner = Samples.fresh("owner-");
        return new Call(
                "lease %s %s %s".formatted(known.id(), owner, now),
                store -> store.lease(known.id(), owner, now, LEASE));
    }

    private Call release(Operation known) {
        var again = at();
        return new Call(
                "release %s fence %d at %s".formatted(known.id(), known.fence(), again),
                store -> {
                    store.release(known, again);
                    return true;
                });
    }

    private Call reschedule(Operation known) {
        var next = at();
        var later =
                new Operation(
                        known.id(),
                        known.order(),
                        known.state(),
                        known.acquirerReference(),
                        known.decline(),
                        new Operation.Watch(Optional.of(next), known.watch().checks() + 1, 0),
                        known.fence(),
                        next);
        return new Call("reschedule " + later, store -> store.reschedule(later));
    }
}
