package dev.paygateway.chaos.audit;

import dev.paygateway.chaos.audit.evidence.BookLine;
import dev.paygateway.chaos.audit.evidence.BookLine.Effect;
import dev.paygateway.chaos.audit.evidence.BookLine.Request;
import dev.paygateway.chaos.audit.evidence.Call;
import dev.paygateway.chaos.audit.evidence.Call.Answer;
import dev.paygateway.chaos.audit.evidence.Call.Asked;
import dev.paygateway.chaos.audit.evidence.Parts;
import dev.paygateway.chaos.audit.evidence.Row;
import dev.paygateway.chaos.audit.evidence.Row.ScopedKey;
import java.util.Optional;

/** The consistent world over and over again, each copy with ids of its own. */
final class Clones {
    private static final long CALLS_IN_A_WORLD = 1_000;

    private final World world = World.consistent();

    World world() {
        return world;
    }

    long eventsInEach() {
        return world.rows.stream().filter(Row.Event.class::isInstance).count();
    }

    /** All three books of that many copies, in the order in which an audit reads them. */
    void tell(Parts parts, long copies) {
        for (var copy = 0L; copy < copies; copy++) {
            var suffix = "~" + copy;
            var first = copy * CALLS_IN_A_WORLD;
            world.calls.forEach(call -> parts.call(call(call, suffix, first)));
            world.book.forEach(line -> parts.book(line(line, suffix)));
        }
        parts.expect(copies * eventsInEach());
        for (var copy = 0L; copy < copies; copy++) {
            var suffix = "~" + copy;
            world.rows.stream()
                    .filter(Row.Payment.class::isInstance)
                    .forEach(row -> parts.row(row(row, suffix)));
        }
        for (var copy = 0L; copy < copies; copy++) {
            var suffix = "~" + copy;
            world.rows.stream()
                    .filter(row -> !(row instanceof Row.Payment))
                    .forEach(row -> parts.row(row(row, suffix)));
        }
    }

    private static Call call(Call it, String suffix, long first) {
        var asked = it.asked();
        return new Call(
                it.run(),
                first + it.number(),
                it.process(),
                it.operation(),
                it.merchant(),
                more(it.key(), suffix),
                new Asked(
                        more(asked.payment(), suffix),
                        more(asked.reference(), suffix),
                        asked.amount(),
                        asked.currency(),
                        asked.card(),
                        asked.capture(),
                        asked.body(),
                        asked.target()),
                it.invoked(),
                it.answer().map(answer -> answer(answer, suffix)));
    }

    private static Answer answer(Answer it, String suffix) {
        return new Answer(
                it.outcome(),
                it.at(),
                more(it.payment(), suffix),
                it.resource(),
                it.resourceStatus(),
                it.http(),
                it.paymentStatus(),
                it.shown(),
                it.moneyMoved(),
                it.code(),
                it.version(),
                it.body(),
                it.replayed(),
                it.error(),
                it.region());
    }

    private static BookLine line(BookLine line, String suffix) {
        return switch (line) {
            case Request it ->
                    new Request(
                            it.origin(),
                            it.call(),
                            it.reference() + suffix,
                            more(it.original(), suffix),
                            it.subject(),
                            it.card());
            case Effect it ->
                    new Effect(
                            it.origin(),
                            it.kind(),
                            it.reference() + suffix,
                            more(it.original(), suffix),
                            it.subject());
        };
    }

    private static Row row(Row row, String suffix) {
        var payment = row.payment() + suffix;
        return switch (row) {
            case Row.Payment it ->
                    new Row.Payment(
                            payment,
                            key(it.key(), suffix),
                            it.reference() + suffix,
                            it.status(),
                            it.automaticCapture(),
                            it.card(),
                            it.currency(),
                            it.amount(),
                            it.amounts(),
                            it.version(),
                            it.createdAt(),
                            it.updatedAt());
            case Row.Operation it -> operation(it, suffix);
            case Row.Event it ->
                    new Row.Event(
                            payment,
                            it.seq(),
                            it.type(),
                            it.previous(),
                            it.status(),
                            it.operation() + suffix,
                            it.amounts(),
                            it.at());
            case Row.Outbox it -> new Row.Outbox(payment, it.seq(), it.at());
            case Row.Key it ->
                    new Row.Key(
                            key(it.key(), suffix),
                            payment,
                            it.operation() + suffix,
                            it.http(),
                            it.body(),
                            it.at());
        };
    }

    private static Row.Operation operation(Row.Operation it, String suffix) {
        return new Row.Operation(
                it.id() + suffix,
                it.payment() + suffix,
                it.resource(),
                it.kind(),
                it.state(),
                it.amount(),
                it.currency(),
                it.finalCapture(),
                more(it.target(), suffix),
                it.acquirer(),
                it.merchant(),
                it.key().map(key -> key(key, suffix)),
                it.createdAt(),
                it.updatedAt());
    }

    private static ScopedKey key(ScopedKey key, String suffix) {
        return new ScopedKey(key.merchant(), key.mode(), key.key() + suffix);
    }

    private static Optional<String> more(Optional<String> text, String suffix) {
        return text.map(value -> value + suffix);
    }
}
