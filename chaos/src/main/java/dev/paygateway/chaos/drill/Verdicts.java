package dev.paygateway.chaos.drill;

import dev.paygateway.chaos.report.Judgement;
import dev.paygateway.chaos.report.Judgement.Cost;
import dev.paygateway.chaos.report.Judgement.LawState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what {@code ./gateway audit --json} printed. */
final class Verdicts {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int WORDS_MAX = 10;

    private Verdicts() {}

    static Judgement of(Launcher.Outcome audit) {
        try {
            var verdict = JSON.readTree(audit.output());
            return verdict.path("invariants").isArray()
                    ? judgement(verdict, audit.exit())
                    : Judgement.none("the audit gave no verdict: " + audit.errors());
        } catch (JacksonException unreadable) {
            return Judgement.none("the audit gave no verdict: " + audit.errors());
        }
    }

    private static Judgement judgement(JsonNode verdict, int exit) {
        var laws = new ArrayList<LawState>();
        for (var law : verdict.path("invariants")) {
            laws.add(
                    new LawState(
                            law.path("id").asString(),
                            law.path("statement").asString(),
                            law.path("state").asString(),
                            law.path("checked").asLong(0),
                            law.path("violations").asLong(0)));
        }
        var costs = verdict.path("outages").valueStream().map(Verdicts::cost).toList();
        var shortfalls = verdict.path("shortfalls").valueStream().map(JsonNode::asString);
        var found = verdict.path("found").valueStream().map(Verdicts::words);
        var words = Stream.concat(shortfalls, found).limit(WORDS_MAX).toList();
        return new Judgement(exit == 0, verdict.path("violations").asLong(0), laws, costs, words);
    }

    private static Cost cost(JsonNode outage) {
        var back = outage.path("rate_back_ms");
        return new Cost(
                outage.path("id").asString(""),
                outage.path("fault").asString(""),
                Duration.ofMillis(outage.path("gap_ms").asLong(0)),
                back.isNumber() ? Optional.of(Duration.ofMillis(back.asLong())) : Optional.empty());
    }

    private static String words(JsonNode found) {
        var problems = found.path("problems").valueStream().map(JsonNode::asString).toList();
        return "%s %s: %s"
                .formatted(
                        found.path("invariant").asString(""),
                        found.path("subject").asString(""),
                        String.join("; ", problems));
    }
}
