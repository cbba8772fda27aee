package dev.paygateway.chaos.audit.judge;

import dev.paygateway.chaos.audit.evidence.Call;
import dev.paygateway.chaos.audit.evidence.Dossier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * I13: whatever region it asks, a read shows at least what was acknowledged before it began; and so
 * does a write, which reads before it answers.
 */
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
        byRun(dossier, Sighting::ofLook)
                .forEach(looks -> {
                    var run = looks.getFirst().run();
                    var own = told.stream().filter(it -> it.run().equals(run)).toList();
                    var others = told.stream().filter(it -> !it.run().equals(run)).toList();
                    pairs.addAll(Precedence.ofOneClient(own, looks));
                    pairs.addAll(Precedence.ofTwoClients(others, looks));
                });
        return pairs;
    }

    static List<List<Sighting>> byRun(
            Dossier dossier, Function<Call, Optional<Sighting>> sighting) {
        return List.copyOf(
                dossier.calls().stream()
                        .flatMap(call -> sighting.apply(call).stream())
                        .collect(Collectors.groupingBy(Sighting::run))
                        .values());
    }
}
