package dev.paygateway.chaos.audit.judge;

import dev.paygateway.chaos.audit.evidence.Call;
import dev.paygateway.chaos.audit.evidence.Dossier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * I13: whatever region it asks, a read shows at least what was acknowledged before it began; and so
 * does a write, which reads before it answers. What a read shows is what its version was.
 */
final class ReadsAreFresh implements Check {
    @Override
    public Law law() {
        return Law.I13;
    }

    @Override
    public int subjects(Examination examination) {
        var reads = examination.dossier().calls().stream().filter(ReadsAreFresh::isRead).count();
        return pairs(examination.dossier()).size() + (int) reads;
    }

    @Override
    public List<String> problems(Examination examination) {
        var older =
                pairs(examination.dossier()).stream()
                        .filter(Precedence::isOlder)
                        .map(Precedence::problem);
        return Stream.concat(older, reads(examination.dossier())).toList();
    }

    private static Stream<String> reads(Dossier dossier) {
        return dossier.calls().stream()
                .filter(ReadsAreFresh::isRead)
                .flatMap(call -> StateTold.problems(call, dossier));
    }

    private static boolean isRead(Call call) {
        return !call.isWrite() && StateTold.isIn(call);
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
