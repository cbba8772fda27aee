package dev.paygateway.chaos.audit.judge;

import dev.paygateway.chaos.audit.evidence.BookLine.Effect;
import dev.paygateway.chaos.audit.evidence.Dossier;
import dev.paygateway.chaos.audit.evidence.Row;
import dev.paygateway.chaos.audit.evidence.Row.Amounts;
import dev.paygateway.chaos.audit.evidence.Row.Operation.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * I4: 0 <= refunded <= captured <= authorised, what is reserved counted as gone. By our own rows,
 * and by the acquirers' books: what they were asked to give back, or gave, had been captured.
 */
final class AmountsInBounds implements Check {
    @Override
    public Law law() {
        return Law.I4;
    }

    @Override
    public int subjects(Examination examination) {
        return examination.dossier().events().size();
    }

    @Override
    public List<String> problems(Examination examination) {
        var dossier = examination.dossier();
        var amount = dossier.payment().map(Row.Payment::amount).orElse(Long.MAX_VALUE);
        var events =
                dossier.events().stream()
                        .filter(event -> !inBounds(event.amounts(), amount))
                        .map(event -> "event " + event.seq() + ": " + event.amounts());
        var row =
                dossier.payment().stream()
                        .filter(payment -> !inBounds(payment.amounts(), amount))
                        .map(payment -> "payment row: " + payment.amounts());
        return Stream.of(events, row, overdrawn(dossier).stream()).flatMap(all -> all).toList();
    }

    /** By the acquirers' books: more asked back, or given back, than had been taken. */
    private static List<String> overdrawn(Dossier dossier) {
        var problems = new ArrayList<String>();
        var left = new HashMap<String, Long>();
        for (var effect : dossier.effects().toList()) {
            var charge = effect.origin().acquirer() + " " + effect.charge();
            var rest = left.merge(charge, captured(effect), Long::sum);
            if (effect.is(Effect.Kind.REFUNDED) && rest < 0) {
                problems.add(effect.reference() + " gives back " + -rest + " more than was taken");
            }
            if (effect.is(Effect.Kind.DECLINED)) {
                refused(dossier, effect, rest).ifPresent(problems::add);
            }
        }
        return problems;
    }

    /**
     * A refund that an acquirer refused, having given back already what it asks for: it was begun
     * by somebody who did not see the others.
     */
    private static Optional<String> refused(Dossier dossier, Effect effect, long rest) {
        return dossier.operation(effect.reference())
                .filter(row -> row.is(Kind.REFUND) && row.amount() > rest)
                .map(row -> row.id() + " asks for more than the " + rest + " left");
    }

    /** What an effect adds to the money that can be given back. */
    private static long captured(Effect effect) {
        var amount = effect.subject().amount();
        return switch (effect.kind()) {
            case CAPTURED, REFUND_RETURNED -> amount;
            case REFUNDED -> -amount;
            case AUTHORIZED, RELEASED, VOIDED, REVERSED -> 0;
            case TOMBSTONED, DECLINED, NOT_PROCESSED -> 0;
        };
    }

    private static boolean inBounds(Amounts amounts, long amount) {
        return amounts.refunded() >= 0
                && amounts.refundPending() >= 0
                && amounts.refunded() + amounts.refundPending() <= amounts.captured()
                && amounts.capturePending() >= 0
                && amounts.captured() + amounts.capturePending() <= amounts.authorized()
                && amounts.authorized() <= amount;
    }
}
