package dev.paygateway.chaos.audit.judge;

import dev.paygateway.chaos.audit.evidence.Call;
import dev.paygateway.chaos.audit.evidence.Call.Answer;
import dev.paygateway.chaos.audit.evidence.Dossier;
import dev.paygateway.chaos.audit.evidence.PaymentStatus;
import dev.paygateway.chaos.audit.evidence.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** I11: what was final stays so, in the event log, to every reader, and in the row. */
final class OutcomeNeverFlips implements Check {
    @Override
    public Law law() {
        return Law.I11;
    }

    @Override
    public int subjects(Examination examination) {
        return examination.dossier().payment().isPresent() ? 1 : examination.claims().size();
    }

    @Override
    public List<String> problems(Examination examination) {
        var dossier = examination.dossier();
        var problems = new ArrayList<String>();
        for (var index = 1; index < dossier.events().size(); index++) {
            var before = dossier.events().get(index - 1);
            var after = dossier.events().get(index);
            if (flips(before.status(), after.status())) {
                problems.add(flip("event " + after.seq(), before.status(), after.status()));
            }
        }
        dossier.calls().stream()
                .collect(Collectors.groupingBy(Call::run))
                .values()
                .forEach(calls -> problems.addAll(reads(calls)));
        dossier.payment().ifPresent(row -> problems.addAll(row(dossier, row)));
        examination.claims().stream()
                .filter(claim -> claim.breaks(Law.I11))
                .map(claim ->
                        "key " + claim.key() + " was charged and never booked: " + claim.facts())
                .forEach(problems::add);
        return problems;
    }

    /** Whether the second contradicts the first; money may still move on from an approval. */
    static boolean flips(PaymentStatus first, PaymentStatus second) {
        if (first.isTerminal()) {
            return second != first;
        }
        return first.isApproved()
                && (second.isOpen()
                        || second == PaymentStatus.DECLINED
                        || second == PaymentStatus.FAILED);
    }

    /** Each read against the last answers that had arrived before it began: one sorted sweep. */
    private static List<String> reads(List<Call> calls) {
        var problems = new ArrayList<String>();
        var answered =
                calls.stream()
                        .filter(call -> seen(call).isPresent())
                        .sorted(Comparator.comparingLong(OutcomeNeverFlips::arrived))
                        .toList();
        var reads = calls.stream().filter(OutcomeNeverFlips::isRead).toList();
        var next = 0;
        Optional<PaymentStatus> settled = Optional.empty();
        for (var read : reads) {
            while (next < answered.size()
                    && arrived(answered.get(next)) < read.invoked().monotonic()) {
                settled = settled(settled, seen(answered.get(next)).orElseThrow());
                next++;
            }
            var known = settled;
            known.filter(status -> flips(status, seen(read).orElse(status)))
                    .map(status -> flip("read " + read.number(), status, seen(read).orElse(status)))
                    .ifPresent(problems::add);
        }
        return problems;
    }

    private static Optional<PaymentStatus> settled(
            Optional<PaymentStatus> before, PaymentStatus now) {
        var kept = before.filter(status -> status.isTerminal() || !now.isTerminal());
        return kept.isPresent() || now.isOpen() ? kept : Optional.of(now);
    }

    private static List<String> row(Dossier dossier, Row.Payment row) {
        return dossier.calls().stream()
                .flatMap(call -> contradicted(call, row))
                .distinct()
                .toList();
    }

    private static Stream<String> contradicted(Call call, Row.Payment row) {
        return seen(call).stream()
                .filter(status -> flips(status, row.status()))
                .map(status -> flip("the row, after call " + call.number(), status, row.status()));
    }

    private static boolean isRead(Call call) {
        return call.operation() == Call.Operation.GET && seen(call).isPresent();
    }

    private static Optional<PaymentStatus> seen(Call call) {
        return call.answer().flatMap(Answer::paymentStatus);
    }

    private static long arrived(Call call) {
        return call.answer().orElseThrow().at().monotonic();
    }

    private static String flip(String where, PaymentStatus before, PaymentStatus after) {
        return where + " says " + after.word() + " where " + before.word() + " was final";
    }
}
