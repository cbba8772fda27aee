package dev.paygateway.chaos.audit.judge;

import dev.paygateway.chaos.audit.evidence.Row;
import dev.paygateway.chaos.audit.evidence.Row.Amounts;
import java.util.List;
import java.util.stream.Stream;

/** I4: 0 <= refunded <= captured <= authorised, what is reserved counted as gone. */
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
        return Stream.concat(events, row).toList();
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
