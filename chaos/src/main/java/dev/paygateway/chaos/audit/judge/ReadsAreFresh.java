package dev.paygateway.chaos.audit.judge;

import dev.paygateway.chaos.audit.evidence.Dossier;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** I13: whatever region it asks, a read shows at least what was acknowledged before it began. */
final class ReadsAreFresh implements Check {
    @Override
    public Law law() {
        return Law.I13;
    }

    @Override
    public int subjects(Examination examination) {
        return pairs(examination.dossier()).size();
    }

    @Override
    public List<String> problems(Examination examination) {
        return pairs(examination.dossier()).stream()
                .filter(Precedence::isOlder)
                .map(Precedence::problem)
                .toList();
    }

    private static List<Precedence> pairs(Dossier dossier) {
        var pairs = new ArrayList<Precedence>();
        var told =
                dossier.calls().stream()
                        .flatMap(call -> Sighting.ofAcknowledgement(call).stream())
                        .toList();
        readsByRun(dossier)
                .forEach(reads -> {
                    var run = reads.getFirst().run();
                    var own = told.stream().filter(it -> it.run().equals(run)).toList();
                    var others = told.stream().filter(it -> !it.run().equals(run)).toList();
                    pairs.addAll(Precedence.ofOneClient(own, reads));
                    pairs.addAll(Precedence.ofTwoClients(others, reads));
                });
        return pairs;
    }

    static List<List<Sighting>> readsByRun(Dossier dossier) {
        return List.copyOf(
                dossier.calls().stream()
                        .flatMap(call -> Sighting.ofRead(call).stream())
                        .collect(Collectors.groupingBy(Sighting::run))
                        .values());
    }
}
