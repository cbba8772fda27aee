package dev.paygateway.chaos.audit.evidence;

import dev.paygateway.chaos.audit.evidence.Row.Amounts;
import dev.paygateway.chaos.audit.evidence.Row.ScopedKey;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;

/** Rows in a spool. */
final class RowCodec {
    private static final byte PAYMENT = 'p';
    private static final byte OPERATION = 'o';
    private static final byte EVENT = 'e';
    private static final byte OUTBOX = 'x';
    private static final byte KEY = 'k';
    private static final Row.Operation.Kind[] KINDS = Row.Operation.Kind.values();
    private static final Row.Operation.State[] STATES = Row.Operation.State.values();
    private static final PaymentStatus[] STATUSES = PaymentStatus.values();

    private RowCodec() {}

    static void write(Row row, DataOutput out) throws IOException {
        switch (row) {
            case Row.Payment payment -> payment(payment, out);
            case Row.Operation operation -> operation(operation, out);
            case Row.Event event -> event(event, out);
            case Row.Outbox outbox -> outbox(outbox, out);
            case Row.Key key -> key(key, out);
        }
    }

    static Row read(Packed in) throws IOException {
        return switch (in.kind()) {
            case PAYMENT -> payment(in);
            case OPERATION -> operation(in);
            case EVENT -> event(in);
            case OUTBOX -> new Row.Outbox(in.text(), in.number(), in.time());
            case KEY -> key(in);
            default -> throw new BrokenEvidence("a spool was changed by somebody else");
        };
    }

    private static void payment(Row.Payment row, DataOutput out) throws IOException {
        out.writeByte(PAYMENT);
        Packed.text(out, row.payment());
        scoped(row.key(), out);
        Packed.text(out, row.reference());
        Packed.word(out, STATUSES, row.status());
        out.writeBoolean(row.automaticCapture());
        Packed.text(out, row.card());
        Packed.text(out, row.currency());
        out.writeLong(row.amount());
        amounts(row.amounts(), out);
        out.writeLong(row.version());
        Packed.time(out, row.createdAt());
        Packed.time(out, row.updatedAt());
    }

    private static Row payment(Packed in) throws IOException {
        return new Row.Payment(
                in.text(),
                scoped(in),
                in.text(),
                in.word(STATUSES),
                in.flag(),
                in.text(),
                in.text(),
                in.number(),
                amounts(in),
                in.number(),
                in.time(),
                in.time());
    }

    private static void operation(Row.Operation row, DataOutput out) throws IOException {
        out.writeByte(OPERATION);
        Packed.text(out, row.id());
        Packed.text(out, row.payment());
        Packed.text(out, row.resource());
        Packed.word(out, KINDS, row.kind());
        Packed.word(out, STATES, row.state());
        out.writeLong(row.amount());
        Packed.text(out, row.currency());
        out.writeBoolean(row.finalCapture());
        Packed.text(out, row.target());
        Packed.text(out, row.acquirer());
        Packed.text(out, row.merchant());
        out.writeBoolean(row.key().isPresent());
        if (row.key().isPresent()) {
            scoped(row.key().get(), out);
        }
        Packed.time(out, row.createdAt());
        Packed.time(out, row.updatedAt());
    }

    private static Row operation(Packed in) throws IOException {
        return new Row.Operation(
                in.text(),
                in.text(),
                in.maybeText(),
                in.word(KINDS),
                in.word(STATES),
                in.number(),
                in.text(),
                in.flag(),
                in.maybeText(),
                in.maybeText(),
                in.text(),
                in.flag() ? Optional.of(scoped(in)) : Optional.empty(),
                in.time(),
                in.time());
    }

    private static void event(Row.Event row, DataOutput out) throws IOException {
        out.writeByte(EVENT);
        Packed.text(out, row.payment());
        out.writeLong(row.seq());
        Packed.text(out, row.type());
        Packed.word(out, STATUSES, row.previous());
        Packed.word(out, STATUSES, row.status());
        Packed.text(out, row.operation());
        amounts(row.amounts(), out);
        Packed.time(out, row.at());
    }

    private static Row event(Packed in) throws IOException {
        return new Row.Event(
                in.text(),
                in.number(),
                in.text(),
                in.maybeWord(STATUSES),
                in.word(STATUSES),
                in.text(),
                amounts(in),
                in.time());
    }

    private static void outbox(Row.Outbox row, DataOutput out) throws IOException {
        out.writeByte(OUTBOX);
        Packed.text(out, row.payment());
        out.writeLong(row.seq());
        Packed.time(out, row.at());
    }

    private static void key(Row.Key row, DataOutput out) throws IOException {
        out.writeByte(KEY);
        scoped(row.key(), out);
        Packed.text(out, row.payment());
        Packed.text(out, row.operation());
        Packed.number(out, row.http());
        Packed.text(out, row.body());
        Packed.time(out, row.at());
    }

    private static Row key(Packed in) throws IOException {
        return new Row.Key(
                scoped(in), in.text(), in.text(), in.maybeNumber(), in.maybeText(), in.time());
    }

    private static void scoped(ScopedKey key, DataOutput out) throws IOException {
        Packed.text(out, key.merchant());
        Packed.text(out, key.mode());
        Packed.text(out, key.key());
    }

    private static ScopedKey scoped(Packed in) throws IOException {
        return new ScopedKey(in.text(), in.text(), in.text());
    }

    private static void amounts(Amounts amounts, DataOutput out) throws IOException {
        out.writeLong(amounts.authorized());
        out.writeLong(amounts.captured());
        out.writeLong(amounts.capturePending());
        out.writeLong(amounts.refunded());
        out.writeLong(amounts.refundPending());
    }

    private static Amounts amounts(Packed in) throws IOException {
        return new Amounts(in.number(), in.number(), in.number(), in.number(), in.number());
    }
}
