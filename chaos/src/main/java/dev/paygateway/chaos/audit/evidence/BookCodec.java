package dev.paygateway.chaos.audit.evidence;

import dev.paygateway.chaos.audit.evidence.BookLine.Effect;
import dev.paygateway.chaos.audit.evidence.BookLine.Origin;
import dev.paygateway.chaos.audit.evidence.BookLine.Request;
import dev.paygateway.chaos.audit.evidence.BookLine.Subject;
import java.io.DataOutput;
import java.io.IOException;

/** Lines of the acquirers' books in a spool. */
final class BookCodec {
    private static final Effect.Kind[] EFFECTS = Effect.Kind.values();

    private BookCodec() {}

    static void write(BookLine line, DataOutput out) throws IOException {
        out.writeBoolean(line instanceof Effect);
        var origin = line.origin();
        Packed.text(out, origin.acquirer());
        out.writeLong(origin.line());
        Packed.time(out, origin.at());
        Packed.text(out, line.reference());
        Packed.text(out, line.original());
        switch (line) {
            case Request request -> {
                subject(request.subject(), out);
                Packed.text(out, request.call());
                Packed.text(out, request.card());
            }
            case Effect effect -> {
                subject(effect.subject(), out);
                Packed.word(out, EFFECTS, effect.kind());
            }
        }
    }

    static BookLine read(Packed in) throws IOException {
        var isEffect = in.flag();
        var origin = new Origin(in.text(), in.number(), in.time());
        var reference = in.text();
        var original = in.maybeText();
        var subject = new Subject(in.text(), in.number(), in.text());
        return isEffect
                ? new Effect(origin, in.word(EFFECTS), reference, original, subject)
                : new Request(origin, in.text(), reference, original, subject, in.maybeText());
    }

    private static void subject(Subject subject, DataOutput out) throws IOException {
        Packed.text(out, subject.account());
        out.writeLong(subject.amount());
        Packed.text(out, subject.currency());
    }
}
