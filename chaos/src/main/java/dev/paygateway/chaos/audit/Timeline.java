package dev.paygateway.chaos.audit;

import dev.paygateway.chaos.audit.evidence.BookLine;
import dev.paygateway.chaos.audit.evidence.Call;
import dev.paygateway.chaos.audit.evidence.Dossier;
import dev.paygateway.chaos.audit.evidence.PaymentStatus;
import dev.paygateway.chaos.audit.evidence.Row;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells a dossier as one story: lines of all three books in time order, each with its source. */
final class Timeline {
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    private Timeline() {}

    private record Entry(Instant at, String source, String text) {
        String line() {
            return "%s %-8s %s".formatted(MILLIS.format(at), source, text);
        }
    }

    static List<String> of(Dossier dossier) {
        var rows =
                Stream.of(
                                dossier.payment().stream(),
                                dossier.operations().stream(),
                                dossier.events().stream(),
                                dossier.outbox().stream(),
                                dossier.keys().stream())
                        .flatMap(all -> all)
                        .map(Timeline::row);
        var calls = dossier.calls().stream().flatMap(Timeline::call);
        var book = dossier.book().stream().map(Timeline::book);
        return Stream.of(calls, rows, book)
                .flatMap(all -> all)
                .sorted(Comparator.comparing(Entry::at))
                .map(Entry::line)
                .toList();
    }

    private static Stream<Entry> call(Call call) {
        var name = call.operation() + " call " + call.number() + " process " + call.process();
        var asked = call.asked();
        var text =
                "invoke %s key %s %s%s%s%s"
                        .formatted(
                                name,
                                call.key().orElse("-"),
                                asked.amount().isPresent() ? asked.amount().getAsLong() + " " : "",
                                asked.currency().orElse(""),
                                some(" card ", asked.card()),
                                some(" to ", asked.target()));
        var invoked = new Entry(call.invoked().wall(), "client", text);
        return Stream.concat(
                Stream.of(invoked), call.answer().map(answer -> answer(name, answer)).stream());
    }

    private static Entry answer(String name, Call.Answer answer) {
        var http = answer.http().isPresent() ? " " + answer.http().getAsLong() : "";
        var text =
                "%s%s %s%s%s%s%s%s"
                        .formatted(
                                answer.outcome(),
                                http,
                                name,
                                some(" ", answer.payment()),
                                some(
                                        " ",
                                        answer.paymentStatus()
                                                .map(PaymentStatus::word)
                                                .or(answer::resourceStatus)),
                                some(" money_moved ", answer.moneyMoved()),
                                some(" code ", answer.code()),
                                some(" error ", answer.error()));
        return new Entry(answer.at().wall(), "client", text);
    }

    private static String some(String before, Optional<String> text) {
        return text.map(value -> before + value).orElse("");
    }

    private static Entry row(Row row) {
        return switch (row) {
            case Row.Payment it ->
                    new Entry(
                            it.updatedAt(),
                            "payment",
                            "%s version %d of %d %s: %s"
                                    .formatted(
                                            it.status(),
                                            it.version(),
                                            it.amount(),
                                            it.currency(),
                                            it.amounts()));
            case Row.Operation it ->
                    new Entry(
                            it.updatedAt(),
                            "row",
                            "%s %s %s %d %s at %s"
                                    .formatted(
                                            it.kind(),
                                            it.id(),
                                            it.state(),
                                            it.amount(),
                                            it.currency(),
                                            it.acquirer().orElse("none")));
            case Row.Event it ->
                    new Entry(it.at(), "event", it.seq() + " " + it.type() + " " + it.amounts());
            case Row.Outbox it -> new Entry(it.at(), "outbox", String.valueOf(it.seq()));
            case Row.Key it -> new Entry(it.at(), "key", it.key() + " of " + it.operation());
        };
    }

    private static Entry book(BookLine line) {
        var text =
                switch (line) {
                    case BookLine.Request it -> "request " + it.call();
                    case BookLine.Effect it -> "effect " + it.kind() + " " + it.subject().amount();
                };
        var origin = line.origin();
        return new Entry(
                origin.at(),
                origin.acquirer(),
                "%s %s%s (line %d)"
                        .formatted(
                                text,
                                line.reference(),
                                some(" of ", line.original()),
                                origin.line()));
    }
}
