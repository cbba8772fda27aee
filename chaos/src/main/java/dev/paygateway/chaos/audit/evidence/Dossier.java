package dev.paygateway.chaos.audit.evidence;

import dev.paygateway.chaos.audit.evidence.BookLine.Effect;
import dev.paygateway.chaos.audit.evidence.BookLine.Request;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * All that the three books hold about one payment. A key that the database does not know, and a
 * charge that nobody asked for, have a dossier of their own, without a payment.
 *
 * @param subject the payment's id, or what stands for it
 * @param operations by id
 * @param events by sequence
 * @param twins other payments that carry the same idempotency key
 * @param calls by the client's clock
 * @param book in the order of each acquirer's book
 */
public record Dossier(
        String subject,
        Optional<Row.Payment> payment,
        List<Row.Operation> operations,
        List<Row.Event> events,
        List<Row.Outbox> outbox,
        List<Row.Key> keys,
        Set<String> twins,
        List<Call> calls,
        List<BookLine> book) {

    private static final Comparator<Call> IN_TIME =
            Comparator.comparing((Call call) -> call.invoked().wall())
                    .thenComparingLong(call -> call.invoked().monotonic());

    public Dossier {
        operations = operations.stream().sorted(Comparator.comparing(Row.Operation::id)).toList();
        events = events.stream().sorted(Comparator.comparingLong(Row.Event::seq)).toList();
        outbox = List.copyOf(outbox);
        keys = List.copyOf(keys);
        twins = Set.copyOf(twins);
        calls = calls.stream().sorted(IN_TIME).toList();
        book = List.copyOf(book);
    }

    /** What the acquirers did; requests, which prove nothing, left out. */
    public Stream<Effect> effects() {
        return book.stream().filter(Effect.class::isInstance).map(Effect.class::cast);
    }

    /** What they were asked. */
    public Stream<Request> requests() {
        return book.stream().filter(Request.class::isInstance).map(Request.class::cast);
    }

    public Optional<Row.Operation> operation(String id) {
        return find(operations, operation -> operation.id().compareTo(id));
    }

    /** The event that made a version of the payment. */
    public Optional<Row.Event> event(long version) {
        return find(events, event -> Long.compare(event.seq(), version));
    }

    /** By the order that the list is in: a payment may have thousands. */
    private static <T> Optional<T> find(List<T> sorted, ToIntFunction<T> order) {
        var low = 0;
        var high = sorted.size() - 1;
        while (low <= high) {
            var middle = (low + high) >>> 1;
            var compared = order.applyAsInt(sorted.get(middle));
            if (compared == 0) {
                return Optional.of(sorted.get(middle));
            }
            low = compared < 0 ? middle + 1 : low;
            high = compared > 0 ? middle - 1 : high;
        }
        return Optional.empty();
    }

    public Stream<Row.Operation> operations(Row.Operation.Kind kind) {
        return operations.stream().filter(operation -> operation.is(kind));
    }
}
