package dev.paygateway.payment;

import dev.paygateway.payment.Operation.Watch;
import dev.paygateway.payment.Payments.TimelineEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The database's promises in memory: one decision in one step, guarded by versions and fences, with
 * unique keys and references, and with the answers that {@link Rendering} gave at the commit.
 */
public final class MemoryStore implements Store {
    private final Rendering rendering;
    private final Map<PaymentId, Payment> payments = new LinkedHashMap<>();
    private final Map<OperationId, Operation> operations = new LinkedHashMap<>();
    private final Map<OperationId, Lease> leases = new LinkedHashMap<>();
    private final Map<Key, KeyHolder> holders = new LinkedHashMap<>();
    private final Map<PaymentId, List<TimelineEvent>> timelines = new LinkedHashMap<>();
    private volatile Consumer<Decision> beforeCommit = _ -> {};
    private volatile boolean isDown;
    private volatile boolean isLagging;

    public MemoryStore(Rendering rendering) {
        this.rendering = rendering;
    }

    private record Key(Merchant merchant, String key) {}

    private record Lease(String owner, Instant until) {}

    /** Runs before each commit, outside of any lock: a test's place to delay or to fail. */
    public void onCommit(Consumer<Decision> action) {
        beforeCommit = action;
    }

    /** While down, nothing can be read or written. */
    public void setDown(boolean down) {
        isDown = down;
    }

    /**
     * While lagging, keys that others hold are not seen yet, though they cannot be taken either.
     */
    public void setLagging(boolean lagging) {
        isLagging = lagging;
    }

    @Override
    public Commit commit(Decision decision) {
        beforeCommit.accept(decision);
        return isDown ? new Commit.Refused("the database is down") : write(decision);
    }

    private synchronized Commit write(Decision decision) {
        var verdict = check(decision);
        if (verdict instanceof Commit.Done) {
            apply(decision);
        }
        return verdict;
    }

    /** Whether it is this very decision that stands in the timeline. */
    boolean isWritten(Decision decision) {
        return timeline(decision.after().id()).stream()
                .anyMatch(line -> line.id().equals(decision.event().id()));
    }

    /** What a commit would say, with nothing written. */
    synchronized Commit check(Decision decision) {
        var after = decision.after();
        if (decision.claim().map(MemoryStore::key).filter(holders::containsKey).isPresent()) {
            return new Commit.KeyTaken();
        }
        var current = Optional.ofNullable(payments.get(after.id()));
        if (!current.map(Payment::version).equals(decision.before().map(Payment::version))) {
            return new Commit.Stale();
        }
        if (!decision.changed().stream().allMatch(this::isCurrent)) {
            return new Commit.Stale();
        }
        return rival(after).<Commit>map(Commit.ReferenceTaken::new).orElseGet(Commit.Done::new);
    }

    private boolean isCurrent(Operation changed) {
        var kept = operations.get(changed.id());
        return kept != null && kept.fence() == changed.fence();
    }

    private Optional<PaymentId> rival(Payment payment) {
        if (!payment.terms().uniqueReference() || payment.status().isVoid()) {
            return Optional.empty();
        }
        return payments.values().stream()
                .filter(other -> !other.id().equals(payment.id()))
                .filter(other -> other.terms().uniqueReference() && !other.status().isVoid())
                .filter(other -> other.terms().merchant().equals(payment.terms().merchant()))
                .filter(other -> other.terms().reference().equals(payment.terms().reference()))
                .map(Payment::id)
                .findFirst();
    }

    /** Writes its rows as they are, whatever stands there: what a replica does. */
    synchronized void apply(Decision decision) {
        if (!decision.changed().stream().allMatch(this::isCurrent)) {
            throw new AssertionError("written under a lost lease: " + decision);
        }
        var after = decision.after();
        payments.put(after.id(), after);
        decision.changed().forEach(this::put);
        decision.started().ifPresent(operation -> operations.put(operation.id(), operation));
        timelines.computeIfAbsent(after.id(), _ -> new ArrayList<>()).add(line(decision));
        decision.claim().ifPresent(claim -> hold(claim, decision));
        decision.answered().ifPresent(operation -> keep(after, operation));
    }

    /** A write under the fence of the moment ends its lease. */
    private void put(Operation operation) {
        operations.put(operation.id(), operation);
        leases.remove(operation.id());
    }

    private void hold(Claim claim, Decision decision) {
        var operation = decision.started().orElseThrow().id();
        holders.put(
                key(claim),
                new KeyHolder(claim, decision.after().id(), operation, Optional.empty()));
    }

    private void keep(Payment after, Operation operation) {
        var key = new Key(operation.order().merchant(), operation.order().key().orElseThrow());
        var answer = rendering.answer(after, operation);
        holders.computeIfPresent(key, (_, holder) -> answered(holder, answer));
    }

    private static KeyHolder answered(KeyHolder holder, Answer answer) {
        if (holder.answer().isPresent()) {
            throw new AssertionError("an answer is written once: " + holder);
        }
        return new KeyHolder(
                holder.claim(), holder.payment(), holder.operation(), Optional.of(answer));
    }

    private TimelineEvent line(Decision decision) {
        var after = decision.after();
        return new TimelineEvent(
                decision.event().id(),
                decision.event().type(),
                after.version(),
                decision.before().map(Payment::status),
                after.status(),
                decision.event().cause(),
                rendering.snapshot(after),
                after.updatedAt());
    }

    private static Key key(Claim claim) {
        return new Key(claim.merchant(), claim.key());
    }

    private void mustBeUp() {
        if (isDown) {
            throw new Unavailable("the database is down", new IllegalStateException("a test"));
        }
    }

    @Override
    public synchronized Optional<Payment> payment(PaymentId id) {
        mustBeUp();
        return Optional.ofNullable(payments.get(id));
    }

    @Override
    public synchronized Optional<Operation> operation(OperationId id) {
        mustBeUp();
        return Optional.ofNullable(operations.get(id));
    }

    @Override
    public synchronized Optional<KeyHolder> holder(Merchant merchant, String key) {
        mustBeUp();
        return isLagging
                ? Optional.empty()
                : Optional.ofNullable(holders.get(new Key(merchant, key)));
    }

    @Override
    public synchronized List<OperationId> due(Instant now, int countMax) {
        mustBeUp();
        return operations.values().stream()
                .filter(operation -> isDue(operation, now))
                .sorted(Comparator.comparing(operation -> operation.order().createdAt()))
                .limit(countMax)
                .map(Operation::id)
                .toList();
    }

    private boolean isDue(Operation operation, Instant now) {
        var lease = leases.get(operation.id());
        return operation.watch().nextCheckAt().filter(at -> !at.isAfter(now)).isPresent()
                && (lease == null || lease.until().isBefore(now));
    }

    @Override
    public synchronized Optional<Operation> lease(
            OperationId id, String owner, Instant now, Duration length) {
        mustBeUp();
        var operation = operations.get(id);
        if (operation == null || !isDue(operation, now)) {
            return Optional.empty();
        }
        var leased = with(operation, operation.watch(), operation.fence() + 1);
        operations.put(id, leased);
        leases.put(id, new Lease(owner, now.plus(length)));
        return Optional.of(leased);
    }

    /** Whether that very lease is held. */
    synchronized boolean isLeased(OperationId id, String owner, Instant until) {
        return new Lease(owner, until).equals(leases.get(id));
    }

    @Override
    public synchronized void release(Operation leased, Instant again) {
        mustBeUp();
        var kept = operations.get(leased.id());
        if (kept != null && kept.fence() == leased.fence() && leases.remove(leased.id()) != null) {
            var watch = kept.watch();
            var later = new Watch(Optional.of(again), watch.checks(), watch.notFound());
            operations.put(leased.id(), with(kept, later, kept.fence()));
        }
    }

    @Override
    public synchronized boolean reschedule(Operation operation) {
        mustBeUp();
        var kept = operations.get(operation.id());
        if (kept == null
                || kept.fence() != operation.fence()
                || kept.state() != operation.state()) {
            return false;
        }
        operations.put(operation.id(), kept.watched(operation.watch(), operation.updatedAt()));
        leases.remove(operation.id());
        return true;
    }

    private static Operation with(Operation operation, Watch watch, long fence) {
        return new Operation(
                operation.id(),
                operation.order(),
                operation.state(),
                operation.acquirerReference(),
                operation.decline(),
                watch,
                fence,
                operation.updatedAt());
    }

    /** Whether another has the same rows. */
    public synchronized boolean isLike(MemoryStore other) {
        return payments.equals(other.payments)
                && operations.equals(other.operations)
                && leases.equals(other.leases)
                && holders.equals(other.holders)
                && timelines.equals(other.timelines);
    }

    /** All payments, the oldest first. */
    public synchronized List<Payment> all() {
        mustBeUp();
        return List.copyOf(payments.values());
    }

    /** All operations, the oldest first. */
    public synchronized List<Operation> allOperations() {
        mustBeUp();
        return List.copyOf(operations.values());
    }

    /** The operations of one payment, the oldest first. */
    public List<Operation> operations(PaymentId payment) {
        return allOperations().stream()
                .filter(operation -> operation.order().payment().equals(payment))
                .toList();
    }

    /** The timeline of one payment, whoever asks. */
    public synchronized List<TimelineEvent> timeline(PaymentId id) {
        mustBeUp();
        return List.copyOf(timelines.getOrDefault(id, List.of()));
    }
}
