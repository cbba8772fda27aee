package dev.paygateway.payment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A store that keeps {@link Store}'s contract in memory: unique keys and references, guards by
 * version and fence, answers written once. It is the model that the database is held against.
 */
public final class MemoryStore implements Store, Payments {
    private record Key(Merchant merchant, String key) {}

    private record Lease(String owner, Instant until) {}

    private final Rendering rendering;
    private final Map<PaymentId, Payment> payments = new LinkedHashMap<>();
    private final Map<OperationId, Operation> operations = new LinkedHashMap<>();
    private final Map<OperationId, Lease> leases = new HashMap<>();
    private final Map<Key, KeyHolder> keys = new HashMap<>();
    private final Map<PaymentId, List<TimelineEvent>> timelines = new HashMap<>();
    private final Set<String> events = new HashSet<>();

    public MemoryStore(Rendering rendering) {
        this.rendering = rendering;
    }

    @Override
    public synchronized Commit commit(Decision decision) {
        if (events.contains(decision.event().id())) {
            return new Commit.Done();
        }
        if (decision.claim().filter(claim -> keys.containsKey(key(claim))).isPresent()) {
            return new Commit.KeyTaken();
        }
        var holder = referenceHolder(decision);
        if (holder.isPresent()) {
            return new Commit.ReferenceTaken(holder.get());
        }
        if (isStale(decision)) {
            return new Commit.Stale();
        }
        write(decision);
        return new Commit.Done();
    }

    private Optional<PaymentId> referenceHolder(Decision decision) {
        var terms = decision.after().terms();
        if (decision.before().isPresent() || !terms.uniqueReference()) {
            return Optional.empty();
        }
        return payments.values().stream()
                .filter(other -> other.terms().merchant().equals(terms.merchant()))
                .filter(other -> other.terms().reference().equals(terms.reference()))
                .filter(other -> other.terms().uniqueReference() && !other.status().isVoid())
                .map(Payment::id)
                .findFirst();
    }

    private boolean isStale(Decision decision) {
        var current = Optional.ofNullable(payments.get(decision.after().id()));
        return !current.map(Payment::version).equals(decision.before().map(Payment::version))
                || decision.changed().stream().anyMatch(operation -> !isFenced(operation));
    }

    private boolean isFenced(Operation operation) {
        var stored = operations.get(operation.id());
        return stored != null && stored.fence() == operation.fence();
    }

    private void write(Decision decision) {
        var after = decision.after();
        payments.put(after.id(), after);
        decision.changed().forEach(this::put);
        decision.started().ifPresent(this::put);
        decision.claim()
                .ifPresent(claim ->
                        keys.put(
                                key(claim),
                                new KeyHolder(
                                        claim,
                                        after.id(),
                                        decision.started().orElseThrow().id(),
                                        Optional.empty())));
        decision.answered().ifPresent(operation -> answer(after, operation));
        events.add(decision.event().id());
        timelines.computeIfAbsent(after.id(), _ -> new ArrayList<>()).add(line(decision));
    }

    private void put(Operation operation) {
        operations.put(operation.id(), operation);
        leases.remove(operation.id());
    }

    private void answer(Payment payment, Operation operation) {
        var key = new Key(operation.order().merchant(), operation.order().key().orElseThrow());
        var held = keys.get(key);
        if (held == null || held.answer().isPresent()) {
            throw new AssertionError("an answer is written once: " + key);
        }
        var answer = rendering.answer(payment, operation);
        keys.put(
                key,
                new KeyHolder(held.claim(), held.payment(), held.operation(), Optional.of(answer)));
    }

    private TimelineEvent line(Decision decision) {
        return new TimelineEvent(
                decision.event().id(),
                decision.event().type(),
                decision.after().version(),
                decision.before().map(Payment::status),
                decision.after().status(),
                decision.event().cause(),
                rendering.snapshot(decision.after()),
                decision.after().updatedAt());
    }

    private static Key key(Claim claim) {
        return new Key(claim.merchant(), claim.key());
    }

    @Override
    public synchronized Optional<Payment> payment(PaymentId id) {
        return Optional.ofNullable(payments.get(id));
    }

    @Override
    public synchronized Optional<Operation> operation(OperationId id) {
        return Optional.ofNullable(operations.get(id));
    }

    @Override
    public synchronized Optional<KeyHolder> holder(Merchant merchant, String key) {
        return Optional.ofNullable(keys.get(new Key(merchant, key)));
    }

    @Override
    public synchronized List<OperationId> due(Instant now, int countMax) {
        return operations.values().stream()
                .filter(operation -> isDue(operation, now))
                .sorted(Comparator.comparing(o -> o.watch().nextCheckAt().orElseThrow()))
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
        var operation = operations.get(id);
        if (operation == null || !isDue(operation, now)) {
            return Optional.empty();
        }
        var leased =
                new Operation(
                        id,
                        operation.order(),
                        operation.state(),
                        operation.acquirerReference(),
                        operation.decline(),
                        operation.watch(),
                        operation.fence() + 1,
                        operation.updatedAt());
        operations.put(id, leased);
        leases.put(id, new Lease(owner, now.plus(length)));
        return Optional.of(leased);
    }

    @Override
    public synchronized boolean reschedule(Operation operation) {
        if (!isFenced(operation)) {
            return false;
        }
        put(operation);
        return true;
    }

    /** Every payment there is, in the order of their beginning. */
    public synchronized List<Payment> all() {
        return List.copyOf(payments.values());
    }

    /** Every operation of a payment, in the order of their beginning. */
    public synchronized List<Operation> operations(PaymentId payment) {
        return operations.values().stream()
                .filter(operation -> operation.order().payment().equals(payment))
                .toList();
    }

    /** A payment's timeline, whoever owns it. */
    public synchronized List<TimelineEvent> timeline(PaymentId payment) {
        return List.copyOf(timelines.getOrDefault(payment, List.of()));
    }

    @Override
    public Optional<Payment> find(Merchant merchant, PaymentId id) {
        return payment(id).filter(payment -> payment.terms().merchant().equals(merchant));
    }

    @Override
    public Optional<Payment> byKey(Merchant merchant, String key) {
        return holder(merchant, key).flatMap(held -> payment(held.payment()));
    }

    @Override
    public Optional<Payment> byReference(Merchant merchant, String reference) {
        return newestFirst(merchant).stream()
                .filter(payment -> payment.terms().reference().equals(reference))
                .findFirst();
    }

    @Override
    public List<Payment> list(Merchant merchant, Filter filter, Page page) {
        var matching =
                newestFirst(merchant).stream().filter(payment -> matches(payment, filter)).toList();
        var after = page.after().map(cursor -> indexOf(matching, cursor) + 1).orElse(0);
        var before = page.before().map(cursor -> indexOf(matching, cursor)).orElse(matching.size());
        var first = page.before().isPresent() ? Math.max(0, before - page.limit() - 1) : after;
        var last = Math.min(before, first + page.limit() + 1);
        return matching.subList(first, Math.max(first, last));
    }

    private static int indexOf(List<Payment> payments, Cursor cursor) {
        var ids = payments.stream().map(Payment::id).toList();
        return ids.indexOf(cursor.id());
    }

    private static boolean matches(Payment payment, Filter filter) {
        var terms = payment.terms();
        var minor = terms.asked().getAmountMinorLong();
        return filter.status().stream().allMatch(payment.status()::equals)
                && filter.reference().stream().allMatch(terms.reference()::equals)
                && filter.cardLast4().stream().allMatch(terms.card().last4()::equals)
                && minor >= filter.amountMin().orElse(0)
                && minor <= filter.amountMax().orElse(Long.MAX_VALUE);
    }

    private synchronized List<Payment> newestFirst(Merchant merchant) {
        return payments.values().stream()
                .filter(payment -> payment.terms().merchant().equals(merchant))
                .sorted(
                        Comparator.comparing((Payment payment) -> payment.terms().createdAt())
                                .thenComparing(payment -> payment.id().value())
                                .reversed())
                .toList();
    }

    @Override
    public List<TimelineEvent> events(Merchant merchant, PaymentId id) {
        return find(merchant, id).map(payment -> timeline(payment.id())).orElse(List.of());
    }
}
