package dev.paygateway.chaos.audit.judge;

import dev.paygateway.chaos.audit.evidence.Dossier;
import dev.paygateway.chaos.audit.evidence.Row;
import dev.paygateway.chaos.audit.evidence.Row.Operation.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** I12: what one commit writes is there as a whole: payment, operation, event, outbox and key. */
final class NoHalfTransaction implements Check {
    /** Keys are kept for 35 days; a row that is due to be deleted is not missed. */
    private static final Duration KEY_KEPT = Duration.ofDays(34);

    @Override
    public Law law() {
        return Law.I12;
    }

    @Override
    public int subjects(Examination examination) {
        return (int)
                examination.dossier().payment().map(Row.Payment::version).orElse(0L).longValue();
    }

    @Override
    public List<String> problems(Examination examination) {
        var dossier = examination.dossier();
        return dossier.payment()
                .map(payment -> problems(examination, payment))
                .orElseGet(() -> orphans(dossier));
    }

    private static List<String> orphans(Dossier dossier) {
        var rows =
                Stream.of(dossier.operations(), dossier.events(), dossier.outbox(), dossier.keys())
                        .mapToInt(List::size)
                        .sum();
        return rows == 0
                ? List.of()
                : List.of(rows + " rows of " + dossier.subject() + " without its payment row");
    }

    private static List<String> problems(Examination examination, Row.Payment payment) {
        var dossier = examination.dossier();
        var problems = new ArrayList<String>();
        var events = counts(dossier.events(), Row.Event::seq);
        var outbox = counts(dossier.outbox(), Row.Outbox::seq);
        LongStream.rangeClosed(1, payment.version())
                .forEach(version -> {
                    one("event", version, events, problems);
                    one("outbox row", version, outbox, problems);
                });
        extra("event", payment.version(), events, problems);
        extra("outbox row", payment.version(), outbox, problems);
        if (dossier.operations(Kind.AUTHORIZE).findAny().isEmpty()) {
            problems.add("no authorise operation");
        }
        if (payment.createdAt().isAfter(examination.horizon().asOf().minus(KEY_KEPT))) {
            problems.addAll(keys(dossier, payment));
        }
        return problems;
    }

    private static <R> Map<Long, Long> counts(List<R> rows, Function<R, Long> version) {
        return rows.stream().collect(Collectors.groupingBy(version, Collectors.counting()));
    }

    private static void one(
            String what, long version, Map<Long, Long> counts, List<String> problems) {
        var count = counts.getOrDefault(version, 0L);
        if (count != 1) {
            problems.add("version " + version + " has " + count + " of " + what);
        }
    }

    private static void extra(
            String what, long version, Map<Long, Long> counts, List<String> problems) {
        counts.keySet().stream()
                .filter(seq -> seq < 1 || seq > version)
                .forEach(seq -> problems.add(what + " " + seq + " is of no version of the row"));
    }

    private static List<String> keys(Dossier dossier, Row.Payment payment) {
        var problems = new ArrayList<String>();
        var held = dossier.keys().stream().map(Row.Key::key).collect(Collectors.toSet());
        if (!held.contains(payment.key())) {
            problems.add("the payment's key " + payment.key() + " has no row");
        }
        dossier.operations().stream()
                .filter(row -> row.key().filter(key -> !held.contains(key)).isPresent())
                .forEach(row -> problems.add("the key of " + row.id() + " has no row"));
        dossier.keys().forEach(row -> problems.addAll(key(dossier, payment, row)));
        return problems;
    }

    private static List<String> key(Dossier dossier, Row.Payment payment, Row.Key row) {
        var operation = dossier.operation(row.operation());
        if (operation.isEmpty()) {
            return List.of("key " + row.key() + " names no operation of this payment");
        }
        var pays = row.key().equals(payment.key());
        if (pays != operation.get().is(Kind.AUTHORIZE)) {
            return List.of("key " + row.key() + " names an operation of another kind");
        }
        var finished = pays ? isFinished(payment) : operation.get().state().isSettled();
        if (finished && (row.http().isEmpty() || row.body().isEmpty())) {
            return List.of("key " + row.key() + " has ended and keeps no answer");
        }
        return !finished && row.http().isPresent()
                ? List.of("key " + row.key() + " keeps an answer and has not ended")
                : List.of();
    }

    private static boolean isFinished(Row.Payment payment) {
        return switch (payment.status()) {
            case PROCESSING, UNKNOWN, REQUIRES_ACTION, NEEDS_REVIEW -> false;
            case AUTHORIZED, PARTIALLY_CAPTURED, CAPTURED -> true;
            case CANCELED, EXPIRED, DECLINED, FAILED -> true;
        };
    }
}
