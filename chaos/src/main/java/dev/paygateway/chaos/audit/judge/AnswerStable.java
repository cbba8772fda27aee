package dev.paygateway.chaos.audit.judge;

import dev.paygateway.chaos.audit.evidence.Call;
import dev.paygateway.chaos.audit.evidence.Call.Answer;
import dev.paygateway.chaos.audit.evidence.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** I9: the same key and body get the identical answer, another body is refused. */
final class AnswerStable implements Check {
    /** The error that tells a client that the key carries another body. */
    static final String REUSED = "idempotency_key_reused";

    /** The answers that are stored, and so must be the same for ever. */
    private static final Set<Long> STORED = Set.of(201L, 402L, 410L);

    /** What makes two requests the same; metadata may differ, and load sends none. */
    record Content(
            Call.Operation operation,
            Optional<String> payment,
            Optional<String> card,
            Optional<String> body) {
        static Content of(Call call) {
            var asked = call.asked();
            return new Content(call.operation(), asked.payment(), asked.card(), asked.body());
        }
    }

    private record Stored(long http, String body) {}

    @Override
    public Law law() {
        return Law.I9;
    }

    @Override
    public int subjects(Examination examination) {
        return (int)
                examination.claims().stream()
                        .filter(claim -> claim.calls().stream().anyMatch(AnswerStable::isStored))
                        .count();
    }

    @Override
    public List<String> problems(Examination examination) {
        return examination.claims().stream().flatMap(claim -> problems(claim).stream()).toList();
    }

    private static List<String> problems(Claim claim) {
        var problems = new ArrayList<String>();
        var answers =
                claim.calls().stream()
                        .filter(AnswerStable::isStored)
                        .flatMap(call -> seen(call).stream())
                        .collect(Collectors.toSet());
        if (answers.size() > 1) {
            problems.add("key " + claim.key() + " got different final answers: " + answers);
        }
        claim.row()
                .flatMap(AnswerStable::kept)
                .filter(kept -> answers.stream().anyMatch(answer -> !answer.equals(kept)))
                .ifPresent(kept ->
                        problems.add(
                                "key "
                                        + claim.key()
                                        + " has stored "
                                        + kept
                                        + ", and "
                                        + answers
                                        + " was answered"));
        problems.addAll(mixedBodies(claim));
        return problems;
    }

    private static List<String> mixedBodies(Claim claim) {
        Map<Content, List<Call>> bodies =
                claim.calls().stream().collect(Collectors.groupingBy(Content::of));
        var taken =
                bodies.values().stream()
                        .filter(calls -> calls.stream().anyMatch(AnswerStable::isTaken))
                        .count();
        if (taken > 1) {
            return List.of("key " + claim.key() + " was taken with " + taken + " bodies");
        }
        var refused = claim.calls().stream().anyMatch(call -> call.code(REUSED));
        return refused && bodies.size() == 1
                ? List.of("key " + claim.key() + " was refused as reused, with one body only")
                : List.of();
    }

    private static boolean isTaken(Call call) {
        return isStored(call) || call.http() == 202;
    }

    private static boolean isStored(Call call) {
        return STORED.contains(call.http());
    }

    private static Optional<Stored> seen(Call call) {
        return call.answer().flatMap(Answer::body).map(body -> new Stored(call.http(), body));
    }

    private static Optional<Stored> kept(Row.Key row) {
        return row.body()
                .filter(_ -> STORED.contains(row.http().orElse(0)))
                .map(body -> new Stored(row.http().orElse(0), body));
    }
}
