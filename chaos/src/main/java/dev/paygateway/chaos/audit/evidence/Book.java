package dev.paygateway.chaos.audit.evidence;

import dev.paygateway.chaos.audit.evidence.BookLine.Effect;
import dev.paygateway.chaos.audit.evidence.BookLine.Origin;
import dev.paygateway.chaos.audit.evidence.BookLine.Request;
import dev.paygateway.chaos.audit.evidence.BookLine.Subject;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads one acquirer's book. Its line numbers must run 1..n: a book with a page torn out lies. */
public final class Book {
    private final Consumer<BookLine> sink;
    private long lines;

    private Book(Consumer<BookLine> sink) {
        this.sink = sink;
    }

    /**
     * Hands every line of the book over, in its order.
     *
     * @throws BrokenEvidence if the book is missing, torn before its end, or lacks a line
     */
    public static void read(Path file, Consumer<BookLine> sink) {
        var book = new Book(sink);
        JsonLines.read(file, book::take);
    }

    private void take(Fields line) {
        lines++;
        if (line.number("n") != lines) {
            throw new BrokenEvidence(
                    line.place()
                            + ": field \"n\" is "
                            + line.number("n")
                            + " where the book needs "
                            + lines
                            + ": a line was lost or written twice");
        }
        sink.accept(line.text("entry").equals("request") ? request(line) : effect(line));
    }

    private Request request(Fields line) {
        return new Request(
                origin(line),
                line.text("call"),
                line.text("reference"),
                line.maybeText("original"),
                subject(line),
                line.maybeText("card_last4"));
    }

    private Effect effect(Fields line) {
        return new Effect(
                origin(line),
                line.word(Effect.Kind.class, "effect"),
                line.text("reference"),
                line.maybeText("original"),
                subject(line));
    }

    private Origin origin(Fields line) {
        return new Origin(line.text("acquirer"), lines, line.time("at"));
    }

    private static Subject subject(Fields line) {
        return new Subject(
                line.maybeText("merchant_account").orElse(""),
                line.maybeNumber("amount").orElse(0),
                line.maybeText("currency").orElse(""));
    }
}
