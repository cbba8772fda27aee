package dev.paygateway.chaos.audit.judge;

import dev.paygateway.chaos.audit.evidence.Call.Answer;
import java.util.ArrayList;
import java.util.List;

/** I2: one payment a key, one charge a payment. */
final class ChargedOnce implements Check {
    private static final int CHARGES_MAX = 1;

    @Override
    public Law law() {
        return Law.I2;
    }

    @Override
    public int subjects(Examination examination) {
        return 1;
    }

    @Override
    public List<String> problems(Examination examination) {
        var problems = new ArrayList<String>();
        var dossier = examination.dossier();
        if (!dossier.twins().isEmpty()) {
            problems.add("payments " + dossier.twins() + " carry the same key");
        }
        examination.claims().stream()
                .filter(claim -> paymentsSeen(claim).size() > 1)
                .map(claim -> "key " + claim.key() + " was answered with " + paymentsSeen(claim))
                .forEach(problems::add);
        var charges = examination.charges().stream().filter(it -> it.effective() > 0).toList();
        var times = charges.stream().mapToInt(Charge::effective).sum();
        if (times > CHARGES_MAX) {
            problems.add("charged " + times + " times: " + charges);
        }
        return problems;
    }

    private static List<String> paymentsSeen(Claim claim) {
        return claim.calls().stream()
                .flatMap(call -> call.answer().flatMap(Answer::payment).stream())
                .distinct()
                .toList();
    }
}
