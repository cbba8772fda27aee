package dev.paygateway.chaos.audit.judge;

import dev.paygateway.chaos.audit.evidence.Call;
import dev.paygateway.chaos.audit.evidence.Call.Answer;
import dev.paygateway.chaos.audit.evidence.Call.Outcome;
import dev.paygateway.chaos.audit.evidence.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** I1: what the client was told is there, and is what it was told. */
final class AcknowledgedIsKept implements Check {
    @Override
    public Law law() {
        return Law.I1;
    }

    @Override
    public int subjects(Examination examination) {
        return (int) examination.claims().stream().filter(Claim::wasAcknowledged).count();
    }

    @Override
    public List<String> problems(Examination examination) {
        return examination.claims().stream()
                .filter(Claim::wasAcknowledged)
                .flatMap(claim -> problems(examination, claim))
                .distinct()
                .toList();
    }

    private static boolean isPromise(Call call) {
        return call.outcome() == Outcome.OK || call.outcome() == Outcome.ACK;
    }

    private static Stream<String> problems(Examination examination, Claim claim) {
        if (claim.breaks(Law.I1)) {
            return Stream.of("key " + claim.key() + " was acknowledged, and the database lacks it");
        }
        return claim.calls().stream()
                .filter(AcknowledgedIsKept::isPromise)
                .flatMap(call -> differences(examination, claim, call).stream());
    }

    private static List<String> differences(Examination examination, Claim claim, Call call) {
        var differences = new Differences("call " + call.number() + " (key " + claim.key() + ")");
        var answer = call.answer().orElseThrow();
        examination
                .dossier()
                .payment()
                .ifPresent(payment -> {
                    differences.texts("payment", answer.payment(), payment.payment());
                    if (claim.isPayment()) {
                        payment(differences, call, payment);
                        version(differences, answer, examination);
                    }
                });
        if (!claim.isPayment()) {
            claim.operation().ifPresent(row -> operation(differences, call, row));
        }
        return differences.found();
    }

    private static void payment(Differences differences, Call call, Row.Payment row) {
        differences.amounts("amount", call.asked().amount(), row.amount());
        differences.texts("currency", call.asked().currency(), row.currency());
        differences.texts("reference", call.asked().reference(), row.reference());
        differences.texts(
                "capture", call.asked().capture(), row.automaticCapture() ? "automatic" : "manual");
    }

    private static void operation(Differences differences, Call call, Row.Operation row) {
        differences.amounts("amount", call.asked().amount(), row.amount());
        var resource = call.answer().flatMap(Answer::resource);
        differences.texts("resource", resource, row.resource().orElse("none"));
    }

    /** The state that was answered is the state of that version in the event log. */
    private static void version(Differences differences, Answer answer, Examination examination) {
        var version = answer.version().orElse(0);
        examination.dossier().events().stream()
                .filter(event -> event.seq() == version)
                .findFirst()
                .ifPresent(event ->
                        differences.texts(
                                "status at version " + version,
                                answer.paymentStatus().map(status -> status.word()),
                                event.status().word()));
        var versionMax = examination.dossier().payment().map(Row.Payment::version).orElse(version);
        if (version > versionMax) {
            differences.amounts("version", answer.version(), versionMax);
        }
    }

    /** Collects where the client's view and the row differ. */
    private record Differences(String where, List<String> found) {
        Differences(String where) {
            this(where, new ArrayList<>());
        }

        void texts(String field, Optional<String> seen, String held) {
            seen.filter(text -> !text.equals(held)).ifPresent(text -> add(field, text, held));
        }

        void amounts(String field, OptionalLong seen, long held) {
            if (seen.isPresent() && seen.getAsLong() != held) {
                add(field, String.valueOf(seen.getAsLong()), String.valueOf(held));
            }
        }

        private void add(String field, String seen, String held) {
            found.add(where + ": " + field + " was " + seen + ", the database has " + held);
        }
    }
}
