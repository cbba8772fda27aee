package dev.paygateway.chaos.audit.judge;

import dev.paygateway.chaos.audit.evidence.Dossier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * I16: every outcome is found within the bound. A provisional refund is {@code succeeded} and may
 * still be returned by the bank: it is not open.
 */
final class NothingLeftOpen implements Check {
    @Override
    public Law law() {
        return Law.I16;
    }

    @Override
    public int subjects(Examination examination) {
        var dossier = examination.dossier();
        return dossier.operations().size() + (dossier.payment().isPresent() ? 1 : 0);
    }

    @Override
    public List<String> problems(Examination examination) {
        var dossier = examination.dossier();
        var horizon = examination.horizon();
        var problems = new ArrayList<String>();
        dossier.payment()
                .filter(payment -> payment.status().isOpen())
                .filter(payment -> horizon.overdue(payment.createdAt()))
                .map(payment -> payment.status().word() + " since " + payment.createdAt())
                .ifPresent(problems::add);
        dossier.operations().stream()
                .filter(row -> row.state().isOpen() && horizon.overdue(row.createdAt()))
                .map(row -> row.id() + " is " + row.state() + " since " + row.createdAt())
                .forEach(problems::add);
        problems.addAll(lateOutcomes(dossier, horizon));
        return problems;
    }

    /** Outcomes that were found in the end, but too late. */
    private static List<String> lateOutcomes(Dossier dossier, Horizon horizon) {
        var problems = new ArrayList<String>();
        Instant since = null;
        for (var event : dossier.events()) {
            if (since != null && horizon.tookTooLong(since, event.at())) {
                problems.add("open from " + since + " until event " + event.seq());
            }
            var open = event.status().isOpen();
            since = open ? (since == null ? event.at() : since) : null;
        }
        return problems;
    }
}
