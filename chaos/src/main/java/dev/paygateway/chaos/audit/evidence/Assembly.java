package dev.paygateway.chaos.audit.evidence;

import dev.paygateway.chaos.audit.evidence.Row.ScopedKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Joins the three books: every line and row goes to the dossier of its payment. Rows name it, a
 * book's line leads to it through its reference (an operation's id), a client's call through its
 * key. One pass over each, one entry held for each line: linear in time and memory.
 */
public final class Assembly {
    private final Map<String, Draft> payments = new LinkedHashMap<>();
    private final Map<String, Draft> operations = new HashMap<>();
    private final Map<ClientKey, Draft> keys = new HashMap<>();
    private final Map<ScopedKey, Set<String>> holders = new HashMap<>();
    private final List<Call> calls = new ArrayList<>();
    private final List<BookLine> book = new ArrayList<>();

    public void row(Row row) {
        var draft = payments.computeIfAbsent(row.payment(), Draft::new);
        switch (row) {
            case Row.Payment payment -> payment(payment, draft);
            case Row.Operation operation -> operation(operation, draft);
            case Row.Event event -> draft.events.add(event);
            case Row.Outbox outbox -> draft.outbox.add(outbox);
            case Row.Key key -> {
                draft.keys.add(key);
                keys.putIfAbsent(ClientKey.of(key.key()), draft);
            }
        }
    }

    public void call(Call call) {
        calls.add(call);
    }

    public void book(BookLine line) {
        book.add(line);
    }

    /** The dossiers of what was handed over; to be called once, after all of it. */
    public Stream<Dossier> dossiers() {
        var lost = new LinkedHashMap<ClientKey, Draft>();
        calls.forEach(call -> file(call, lost));
        var ghosts = new LinkedHashMap<String, Draft>();
        book.forEach(line -> file(line, ghosts));
        var suspects = new Suspects(lost.values().stream().map(draft -> draft.calls).toList());
        ghosts.values().removeIf(ghost -> blame(ghost, suspects, lost));
        return Stream.of(payments.values(), lost.values(), ghosts.values())
                .flatMap(drafts -> drafts.stream().map(this::finished));
    }

    private void payment(Row.Payment payment, Draft draft) {
        draft.payment = payment;
        holders.computeIfAbsent(payment.key(), _ -> new HashSet<>(2)).add(payment.payment());
        keys.putIfAbsent(ClientKey.of(payment.key()), draft);
    }

    private void operation(Row.Operation operation, Draft draft) {
        draft.operations.add(operation);
        operations.put(operation.id(), draft);
        operation.key().ifPresent(key -> keys.putIfAbsent(ClientKey.of(key), draft));
    }

    private void file(Call call, Map<ClientKey, Draft> lost) {
        var key = ClientKey.of(call);
        var home = key.map(keys::get).or(() -> call.payment().map(payments::get));
        if (home.isPresent()) {
            home.get().calls.add(call);
        } else if (key.isPresent() && call.isWrite()) {
            lost.computeIfAbsent(key.get(), Draft::ofLostKey).calls.add(call);
        }
    }

    private void file(BookLine line, Map<String, Draft> ghosts) {
        var home =
                Optional.ofNullable(operations.get(line.reference()))
                        .or(() -> line.original().map(operations::get))
                        .orElseGet(() -> ghosts.computeIfAbsent(chargeOf(line), Draft::ofGhost));
        home.book.add(line);
    }

    static String chargeOf(BookLine line) {
        return line.original().orElse(line.reference());
    }

    /** Files a charge that no operation asked for under the lost key that must have caused it. */
    private static boolean blame(Draft ghost, Suspects suspects, Map<ClientKey, Draft> lost) {
        var guilty = suspects.causeOf(ghost.book);
        guilty.flatMap(ClientKey::of)
                .map(lost::get)
                .ifPresent(draft -> draft.book.addAll(ghost.book));
        return guilty.isPresent();
    }

    private Dossier finished(Draft draft) {
        var payment = Optional.ofNullable(draft.payment);
        var twins = new HashSet<String>();
        payment.map(row -> holders.getOrDefault(row.key(), Set.of())).ifPresent(twins::addAll);
        twins.remove(draft.subject);
        return new Dossier(
                draft.subject,
                payment,
                draft.operations,
                draft.events,
                draft.outbox,
                draft.keys,
                twins,
                draft.calls,
                draft.book);
    }

    /** A dossier while it is being filled. */
    private static final class Draft {
        private final String subject;
        private Row.@Nullable Payment payment;
        private final List<Row.Operation> operations = new ArrayList<>(1);
        private final List<Row.Event> events = new ArrayList<>(2);
        private final List<Row.Outbox> outbox = new ArrayList<>(2);
        private final List<Row.Key> keys = new ArrayList<>(1);
        private final List<Call> calls = new ArrayList<>(1);
        private final List<BookLine> book = new ArrayList<>(3);

        Draft(String subject) {
            this.subject = subject;
        }

        static Draft ofLostKey(ClientKey key) {
            return new Draft("key " + key.merchant() + "/" + key.key());
        }

        static Draft ofGhost(String charge) {
            return new Draft("charge " + charge);
        }
    }
}
