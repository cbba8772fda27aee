package dev.paygateway.chaos.audit.evidence;

import com.google.errorprone.annotations.MustBeClosed;
import dev.paygateway.chaos.audit.evidence.Spool.Sink;
import dev.paygateway.chaos.audit.evidence.Whereabouts.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Splits the evidence into parts that can be judged one after the other, so that memory is bounded
 * by a part and not by the run. All that the books hold about a payment is in one part.
 *
 * <p>Calls and book lines come first and wait in a file; then the rows, each of which goes to the
 * part of its payment, and leaves behind in which part its payment, operation and key are; then
 * calls and lines follow by these names. A payment's part hangs on its key, so that two payments of
 * one key meet. What no row knows goes by its own key or charge; a charge that no operation asked
 * for goes where the key is that is to blame for it. Within a part {@link Assembly} joins as if
 * there were no other.
 */
public final class Parts implements AutoCloseable {
    /** Calls, lines and events of one part; with all their rows some 150 MiB of heap. */
    private static final long PART_ITEMS = 200_000;

    private static final int PARTS_MAX = 256;

    private final Path folder;
    private final Spool calls;
    private final Spool book;
    private final List<Spool> parts = new ArrayList<>();
    private final Whereabouts whereabouts = new Whereabouts();

    @MustBeClosed
    private Parts(Path folder, Spool calls, Spool book) {
        this.folder = folder;
        this.calls = calls;
        this.book = book;
    }

    /** In a new folder among the machine's temporary ones; some 300 bytes an event and its rows. */
    @MustBeClosed
    @SuppressWarnings("MustBeClosed") // the parts own their spools
    public static Parts create() {
        try {
            var folder = Files.createTempDirectory("audit-");
            return new Parts(
                    folder,
                    Spool.create(folder.resolve("calls")),
                    Spool.create(folder.resolve("book")));
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    public void call(Call call) {
        calls.call(call);
    }

    public void book(BookLine line) {
        book.book(line);
    }

    /** To be told before the first row: about how many events the database holds. */
    public void expect(long events) {
        var items = calls.items() + book.items() + events;
        split((int) Math.min(PARTS_MAX, 1 + items / PART_ITEMS));
    }

    /** Into that many parts. */
    @SuppressWarnings("MustBeClosed") // the parts own their spools
    public void split(int count) {
        for (var part = 0; part < count; part++) {
            parts.add(Spool.create(folder.resolve("part-" + part)));
        }
    }

    /** Payments before what belongs to them. */
    public void row(Row row) {
        var payment = Whereabouts.hash(Kind.PAYMENT, row.payment());
        var part = whereabouts.of(payment).orElseGet(() -> firstPart(row, payment));
        whereabouts.putIfAbsent(payment, part);
        switch (row) {
            case Row.Payment it -> key(ClientKey.of(it.key()), part);
            case Row.Operation it -> {
                whereabouts.putIfAbsent(Whereabouts.hash(Kind.OPERATION, it.id()), part);
                it.key().ifPresent(key -> key(ClientKey.of(key), part));
            }
            case Row.Key it -> key(ClientKey.of(it.key()), part);
            case Row.Event _, Row.Outbox _ -> {}
        }
        parts.get(part).row(row);
    }

    private int firstPart(Row row, long payment) {
        return row instanceof Row.Payment it
                ? partOf(hash(ClientKey.of(it.key())))
                : partOf(payment);
    }

    private void key(ClientKey key, int part) {
        whereabouts.putIfAbsent(hash(key), part);
    }

    private static long hash(ClientKey key) {
        return Whereabouts.hash(Kind.KEY, key.merchant(), key.key());
    }

    private int partOf(long hash) {
        return (int) Long.remainderUnsigned(hash >>> 8, parts.size());
    }

    /** Hands over one part after the other, joined; to be called once, after all the rows. */
    public void each(Consumer<Assembly> judge) {
        follow();
        for (var part : parts) {
            var assembly = new Assembly();
            part.read(new Pool(), new Sink(assembly::row, assembly::call, assembly::book));
            part.close();
            judge.accept(assembly);
        }
    }

    /** Sends calls and lines after their rows. */
    private void follow() {
        var strays = new Strays();
        var passing = Pool.ofPassing();
        book.read(passing, new Sink(_ -> {}, _ -> {}, line -> follow(line, strays)));
        book.close();
        calls.read(passing, new Sink(_ -> {}, call -> follow(call, strays), _ -> {}));
        calls.close();
        strays.settle((line, guilty) ->
                parts.get(guilty.map(key -> partOf(hash(key))).orElseGet(() -> ownPart(line)))
                        .book(line));
    }

    private void follow(BookLine line, Strays strays) {
        var home = operation(line.reference()).or(() -> line.original().flatMap(this::operation));
        if (home.isPresent()) {
            parts.get(home.get()).book(line);
        } else if (!strays.take(line)) {
            parts.get(ownPart(line)).book(line);
        }
    }

    private Optional<Integer> operation(String id) {
        return whereabouts.of(Whereabouts.hash(Kind.OPERATION, id));
    }

    private int ownPart(BookLine line) {
        return partOf(Whereabouts.hash(Kind.OPERATION, Assembly.chargeOf(line)));
    }

    /** A read of a payment that is not there tells nothing. */
    private void follow(Call call, Strays strays) {
        var key = ClientKey.of(call);
        var home =
                key.flatMap(it -> whereabouts.of(hash(it)))
                        .or(() -> call.payment().flatMap(this::payment));
        if (home.isPresent()) {
            parts.get(home.get()).call(call);
        } else if (key.isPresent() && call.isWrite()) {
            strays.lost(call);
            parts.get(partOf(hash(key.get()))).call(call);
        }
    }

    private Optional<Integer> payment(String id) {
        return whereabouts.of(Whereabouts.hash(Kind.PAYMENT, id));
    }

    @Override
    public void close() {
        calls.close();
        book.close();
        parts.forEach(Spool::close);
        try {
            Files.deleteIfExists(folder);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
