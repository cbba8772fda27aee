package dev.paygateway.store;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Goal: the store that simulations run on and the one in production give the same answers.
 *
 * <p>Method: seeded histories of calls, made on what is there now and on what was there before, to
 * both; each answer and all rows are compared after each call.
 */
class StoreConformanceTest {
    private static final long SEEDS = 20;
    private static final int CALLS = 40;
    private static final int EVERYBODYS = 100_000;
    private static final Duration LEASE = Duration.ofSeconds(10);

    private final Store real =
            new SqlStore(TestDatabase.shared().app(), new Samples.Words(), new RealTime());
    private final MemoryStore model = new MemoryStore(new Samples.Words());
    private final Merchant merchant = Samples.merchant();
    private final Set<Payment> payments = new LinkedHashSet<>();
    private final Set<Operation> operations = new LinkedHashSet<>();
    private final List<String> history = new ArrayList<>();

    static List<Long> seeds() {
        return LongStream.range(0, SEEDS).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void answersAlike(long seed) {
        var dice = new Random(seed);
        for (var call = 0; call < CALLS; call++) {
            call(dice);
            remember();
        }
        assertThat(payments).as("seed %d begins payments", seed).isNotEmpty();
    }

    private void call(Random dice) {
        switch (dice.nextInt(8)) {
            case 0, 1 -> commit(pay(dice));
            case 2 ->
                    begun(dice)
                            .map(p -> Samples.captured(p, authorization(p, dice)))
                            .ifPresent(this::commit);
            case 3 ->
                    begun(dice)
                            .map(p -> Samples.declined(p, authorization(p, dice)))
                            .ifPresent(this::commit);
            case 4 -> captured(dice).map(p -> Samples.refund(p, key(dice))).ifPresent(this::commit);
            case 5 -> any(operations, dice).ifPresent(known -> lease(known, dice));
            case 6 -> any(operations, dice).ifPresent(known -> release(known, at(dice)));
            default -> any(operations, dice).ifPresent(known -> reschedule(known, at(dice)));
        }
    }

    private Decision pay(Random dice) {
        var reference = merchant.id() + "-order-" + dice.nextInt(3);
        return Samples.pay(merchant, key(dice), reference, dice.nextBoolean());
    }

    private static String key(Random dice) {
        return "key-" + dice.nextInt(12);
    }

    /** On a grid of the lease's length, so that ends and beginnings meet. */
    private static Instant at(Random dice) {
        return Samples.NOW.plusSeconds(8).plus(LEASE.multipliedBy(dice.nextInt(8)));
    }

    private Optional<Payment> begun(Random dice) {
        return any(having(payments, p -> p.status() == Status.PROCESSING), dice);
    }

    private Optional<Payment> captured(Random dice) {
        var enough = Samples.eur(400);
        return any(having(payments, p -> !p.amounts().refundable().isLessThan(enough)), dice);
    }

    private Operation authorization(Payment payment, Random dice) {
        var id = payment.route().authorization();
        return any(having(operations, operation -> operation.id().equals(id)), dice).orElseThrow();
    }

    private static <T> Set<T> having(Set<T> all, Predicate<T> condition) {
        var some = new LinkedHashSet<>(all);
        some.removeIf(condition.negate());
        return some;
    }

    private static <T> Optional<T> any(Set<T> all, Random dice) {
        return all.isEmpty()
                ? Optional.empty()
                : all.stream().skip(dice.nextInt(all.size())).findFirst();
    }

    private void commit(Decision decision) {
        both("commit " + decision, store -> store.commit(decision));
    }

    private void lease(Operation known, Random dice) {
        var now = at(dice);
        var owner = "owner-" + dice.nextInt(2);
        both(
                "lease %s %s %s".formatted(known.id(), owner, now),
                store -> store.lease(known.id(), owner, now, LEASE));
    }

    private void release(Operation known, Instant again) {
        both(
                "release %s fence %d at %s".formatted(known.id(), known.fence(), again),
                store -> {
                    store.release(known, again);
                    return true;
                });
    }

    private void reschedule(Operation known, Instant next) {
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
        both("reschedule " + later, store -> store.reschedule(later));
    }

    private <R> void both(String call, Function<Store, R> made) {
        history.add(call);
        assertThat(made.apply(real)).as("%s", history).isEqualTo(made.apply(model));
    }

    /** What is there now may be what a later call is mistaken about. */
    private void remember() {
        for (var payment : model.all()) {
            assertThat(real.payment(payment.id())).as("%s", history).contains(payment);
            payments.add(payment);
        }
        for (var operation : model.allOperations()) {
            assertThat(real.operation(operation.id())).as("%s", history).contains(operation);
            operations.add(operation);
            operation.order().key().ifPresent(this::sameHolder);
        }
        sameDue();
    }

    private void sameHolder(String key) {
        assertThat(real.holder(merchant, key))
                .as("%s", history)
                .isEqualTo(model.holder(merchant, key));
    }

    private void sameDue() {
        var at = Samples.NOW.plusSeconds(8).plus(LEASE.multipliedBy(2));
        var own = model.allOperations().stream().map(Operation::id).toList();
        var due = new ArrayList<>(real.due(at, EVERYBODYS));
        due.retainAll(own);
        assertThat(due)
                .as("%s", history)
                .containsExactlyInAnyOrderElementsOf(model.due(at, EVERYBODYS));
    }
}
