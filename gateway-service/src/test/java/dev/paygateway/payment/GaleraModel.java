package dev.paygateway.payment;

import dev.paygateway.payment.Galera.Member;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The model of Galera as a test outside of a simulation sees it: nothing fails, and each call to a
 * store runs to its end in simulated time before it returns.
 */
public final class GaleraModel {
    /** The data nodes. */
    public enum Node {
        EAST,
        NORTH;

        public Node other() {
            return this == EAST ? NORTH : EAST;
        }

        private Member member() {
            return this == EAST ? Member.EAST : Member.NORTH;
        }
    }

    private static final Duration CALL_TIME_MAX = Duration.ofMinutes(2);

    private final Baton baton = new Baton(new Random(0), Instant.EPOCH);
    private final Galera galera;
    private final Bug bug;

    /** One with a mistake planted in it, or none. */
    public GaleraModel(Rendering rendering, Bug bug) {
        this.bug = bug;
        galera = new Galera(baton, rendering, bug);
        galera.heal();
    }

    /** All that is committed. */
    public MemoryStore truth() {
        return galera.truth();
    }

    /** What a node has of it by now. */
    public MemoryStore copy(Node node) {
        return galera.copy(node.member());
    }

    /** For that long the node receives, and applies nothing of, what others commit. */
    public void hold(Node node, Duration length) {
        galera.hold(node.member(), length);
    }

    /** How often a transaction met another's. */
    public int conflicts() {
        return galera.work().getOrDefault("conflict", 0);
    }

    /** The store of a service at that node. */
    public Store at(Node node) {
        return new Ended(bug.around(new GaleraStore(galera, node.member(), baton, bug)));
    }

    private <T> T ended(Supplier<T> call) {
        var result = new CompletableFuture<T>();
        baton.start("test", () -> run(call, result));
        var end = baton.now().plus(CALL_TIME_MAX);
        while (!result.isDone() && baton.now().isBefore(end)) {
            baton.runUntil(baton.now().plusMillis(1));
        }
        if (result.state() == CompletableFuture.State.FAILED
                && result.exceptionNow() instanceof Store.Unavailable unavailable) {
            throw unavailable;
        }
        return result.resultNow();
    }

    private static <T> void run(Supplier<T> call, CompletableFuture<T> result) {
        try {
            result.complete(call.get());
        } catch (Store.Unavailable unavailable) {
            result.completeExceptionally(unavailable);
        }
    }

    private final class Ended implements Store {
        private final Store store;

        private Ended(Store store) {
            this.store = store;
        }

        @Override
        public Commit commit(Decision decision) {
            return ended(() -> store.commit(decision));
        }

        @Override
        public Optional<Payment> payment(PaymentId id) {
            return ended(() -> store.payment(id));
        }

        @Override
        public Optional<Operation> operation(OperationId id) {
            return ended(() -> store.operation(id));
        }

        @Override
        public Optional<KeyHolder> holder(Merchant merchant, String key) {
            return ended(() -> store.holder(merchant, key));
        }

        @Override
        public List<OperationId> due(Instant now, int countMax) {
            return ended(() -> store.due(now, countMax));
        }

        @Override
        public Optional<Operation> lease(
                OperationId id, String owner, Instant now, Duration length) {
            return ended(() -> store.lease(id, owner, now, length));
        }

        @Override
        public void release(Operation leased, Instant again) {
            ended(() -> {
                store.release(leased, again);
                return true;
            });
        }

        @Override
        public boolean reschedule(Operation operation) {
            return ended(() -> store.reschedule(operation));
        }
    }
}
