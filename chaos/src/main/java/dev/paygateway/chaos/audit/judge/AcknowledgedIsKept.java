package dev.paygateway.chaos.audit.judge;

import dev.paygateway.chaos.audit.evidence.Call;
import dev.paygateway.chaos.audit.evidence.Call.Answer;
import dev.paygateway.chaos.audit.evidence.Call.Outcome;
import dev.paygateway.chaos.audit.evidence.Row;
import dev.paygateway.chaos.audit.evidence.Row.Operation.Kind;
import dev.paygateway.chaos.audit.evidence.Row.Operation.State;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * I1: what the client was told is there, and is what it was told; also what a refusal shows of the
 * payment.
 */
final class AcknowledgedIsKept implements Check {
    @Override
    public Law law() {
        return Law.I1;
    }

    @Override
    public int subjects(Examination examination) {
        return (int)
                examination.claims().stream()
                        .filter(claim ->
                                claim.calls().stream().anyMatch(AcknowledgedIsKept::isPromise))
                        .count();
    }

    @Override
    public List<String> problems(Examination examination) {
        return examination.claims().stream()
                .flatMap(claim -> problems(examination, claim))
                .distinct()
                .toList();
    }

    private static boolean isPromise(Call call) {
        return isDone(call) || StateTold.isIn(call);
    }

    private static boolean isDone(Call call) {
        return call.outcome() == Outcome.OK || call.outcome() == Outcome.ACK;
    }

    private static Stream<String> problems(Examination examination, Claim claim) {
        if (claim.breaks(Law.I1)) {
            return Stream.of("key " + claim.key() + " was acknowledged, and the database lacks it");
        }
        var states =
                claim.calls().stream()
                        .flatMap(call -> StateTold.problems(call, examination.dossier()));
        var contents =
                claim.calls().stream()
                        .filter(AcknowledgedIsKept::isDone)
                        .flatMap(call -> differences(examination, claim, call).stream());
        return Stream.concat(contents, states);
    }

    private static List<String> differences(Examination examination, Claim claim, Call call) {
        var differences = Differences.of(call);
        var answer = call.answer().orElseThrow();
        examination
                .dossier()
                .payment()
                .ifPresent(payment -> {
                    differences.texts("payment", answer.payment(), payment.payment());
                    if (claim.isPayment()) {
                        payment(differences, call, payment);
                    }
                });
        if (!claim.isPayment()) {
            claim.operation()
                    .ifPresent(row -> {
                        operation(differences, call, row);
                        end(differences, answer, row, examination);
                    });
        }
        return differences.found();
    }

    private static void payment(Differences differences, Call call, Row.Payment row) {
        differences.amounts("amount", call.asked().amount(), row.amount());
        differences.texts("currency", call.asked().currency(), row.currency());
        differences.texts("reference", call.asked().reference(), row.reference());
        differences.texts("card", call.asked().card(), row.card());
        differences.texts(
                "capture", call.asked().capture(), row.automaticCapture() ? "automatic" : "manual");
    }

    private static void operation(Differences differences, Call call, Row.Operation row) {
        differences.amounts("amount", call.asked().amount(), row.amount());
        var resource = call.answer().flatMap(Answer::resource);
        differences.texts("resource", resource, row.resource().orElse("none"));
    }

    /** What was said to be its end is the row's, and was when the answer's version was made. */
    private static void end(
            Differences differences, Answer answer, Row.Operation row, Examination examination) {
        var status = answer.resourceStatus();
        var event =
                answer.version().isPresent() && status.isPresent()
                        ? examination.dossier().event(answer.version().getAsLong())
                        : Optional.<Row.Event>empty();
        event.ifPresent(it -> {
            var version = " at version " + it.seq();
            differences.texts("operation" + version, Optional.of(row.id()), it.operation());
            differences.texts("status" + version, status, end(it));
        });
        if (!isTakenBack(row, event)) {
            differences.texts("status", status, row.state().word());
        }
    }

    /** What an operation of this event has come to; it moves the payment only by succeeding. */
    private static String end(Row.Event event) {
        return event.type().startsWith("payment.")
                ? State.SUCCEEDED.word()
                : event.type().substring(event.type().indexOf('.') + 1);
    }

    /** A bank may send a refund back; the answer given before stays what it was. */
    private static boolean isTakenBack(Row.Operation row, Optional<Row.Event> event) {
        return row.is(Kind.REFUND)
                && row.state() == State.FAILED
                && event.filter(it -> it.type().equals("refund.succeeded")).isPresent();
    }
}
