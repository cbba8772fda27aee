package dev.paygateway.chaos.audit.judge;

import dev.paygateway.chaos.audit.evidence.Dossier;
import dev.paygateway.chaos.audit.evidence.Row;
import java.util.ArrayList;
import java.util.List;

/** I7: the events, replayed through the reference model, are legal and end at the row. */
final class ReplayGivesRow implements Check {
    @Override
    public Law law() {
        return Law.I7;
    }

    @Override
    public int subjects(Examination examination) {
        return isReplayable(examination.dossier()) ? examination.dossier().events().size() : 0;
    }

    @Override
    public List<String> problems(Examination examination) {
        var dossier = examination.dossier();
        return isReplayable(dossier) ? replay(dossier, dossier.payment().orElseThrow()) : List.of();
    }

    /** A log with a gap is I8's business; replaying it would only repeat that. */
    private static boolean isReplayable(Dossier dossier) {
        return dossier.payment().isPresent() && EventsGapless.isGapless(dossier);
    }

    private static List<String> replay(Dossier dossier, Row.Payment payment) {
        var model = new ReferenceModel(payment.amount());
        for (var event : dossier.events()) {
            var operation = dossier.operation(event.operation());
            if (operation.isEmpty()) {
                return List.of("event " + event.seq() + " names no operation of this payment");
            }
            var problem = model.apply(event, operation.get());
            if (problem.isPresent()) {
                return List.of("event " + event.seq() + " " + event.type() + ": " + problem.get());
            }
        }
        return compare(model, dossier, payment);
    }

    private static List<String> compare(
            ReferenceModel model, Dossier dossier, Row.Payment payment) {
        var problems = new ArrayList<String>();
        if (model.status().filter(payment.status()::equals).isEmpty()) {
            problems.add("the row is " + payment.status() + ", the replay " + model.status());
        }
        if (!model.amounts().equals(payment.amounts())) {
            problems.add("the row has " + payment.amounts() + ", the replay " + model.amounts());
        }
        for (var operation : dossier.operations()) {
            model.state(operation)
                    .filter(state -> state != operation.state())
                    .map(state ->
                            operation.id() + " is " + operation.state() + ", the replay " + state)
                    .ifPresent(problems::add);
        }
        return problems;
    }
}
