package dev.paygateway.chaos.audit.judge;

import dev.paygateway.chaos.audit.evidence.Dossier;
import dev.paygateway.chaos.audit.evidence.Row;
import java.util.List;
import java.util.stream.LongStream;

/** I8: the events of a payment are 1..n, and n is the version of its row. */
final class EventsGapless implements Check {
    @Override
    public Law law() {
        return Law.I8;
    }

    @Override
    public int subjects(Examination examination) {
        return examination.dossier().payment().isPresent() ? 1 : 0;
    }

    @Override
    public List<String> problems(Examination examination) {
        var dossier = examination.dossier();
        if (dossier.payment().isEmpty() || isGapless(dossier)) {
            return List.of();
        }
        var seqs = dossier.events().stream().map(Row.Event::seq).toList();
        return List.of(
                "events "
                        + seqs
                        + ", the payment has version "
                        + dossier.payment().get().version());
    }

    static boolean isGapless(Dossier dossier) {
        var version = dossier.payment().map(Row.Payment::version).orElse(0L);
        var seqs = dossier.events().stream().map(Row.Event::seq).toList();
        return seqs.equals(LongStream.rangeClosed(1, version).boxed().toList());
    }
}
