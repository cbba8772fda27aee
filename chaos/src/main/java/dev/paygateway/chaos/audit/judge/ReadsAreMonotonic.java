package dev.paygateway.chaos.audit.judge;

import java.util.List;

/** I14: what one client has read of a payment, no later read of that client takes back. */
final class ReadsAreMonotonic implements Check {
    @Override
    public Law law() {
        return Law.I14;
    }

    @Override
    public int subjects(Examination examination) {
        return pairs(examination).size();
    }

    @Override
    public List<String> problems(Examination examination) {
        return pairs(examination).stream()
                .filter(Precedence::isOlder)
                .map(Precedence::problem)
                .toList();
    }

    private static List<Precedence> pairs(Examination examination) {
        return ReadsAreFresh.byRun(examination.dossier(), Sighting::ofRead).stream()
                .flatMap(reads -> Precedence.ofOneClient(reads, reads).stream())
                .toList();
    }
}
