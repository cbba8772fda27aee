package dev.paygateway.chaos.audit.judge;

import dev.paygateway.chaos.audit.evidence.Call;
import dev.paygateway.chaos.audit.evidence.Call.Answer;
import dev.paygateway.chaos.audit.evidence.Call.Shown;
import dev.paygateway.chaos.audit.evidence.Dossier;
import dev.paygateway.chaos.audit.evidence.PaymentStatus;
import dev.paygateway.chaos.audit.evidence.Row;
import java.util.stream.Stream;

/**
 * The state of a payment that an answer shows: it is the one that the event of the answer's version
 * left behind, status and sums, and there is such a version.
 */
final class StateTold {
    private StateTold() {}

    static boolean isIn(Call call) {
        return call.answer().flatMap(Answer::paymentStatus).isPresent();
    }

    static Stream<String> problems(Call call, Dossier dossier) {
        return dossier.payment().stream()
                .flatMap(payment ->
                        call.answer().stream()
                                .filter(answer -> isOf(payment, answer))
                                .flatMap(answer -> problems(call, answer, payment, dossier)));
    }

    private static boolean isOf(Row.Payment payment, Answer answer) {
        return answer.version().isPresent()
                && answer.payment().filter(payment.payment()::equals).isPresent();
    }

    private static Stream<String> problems(
            Call call, Answer answer, Row.Payment payment, Dossier dossier) {
        var differences = Differences.of(call);
        var version = answer.version().orElseThrow();
        if (version > payment.version()) {
            differences.amounts("version", answer.version(), payment.version());
        }
        dossier.event(version).ifPresent(event -> compare(differences, answer, event));
        return differences.found().stream();
    }

    private static void compare(Differences differences, Answer answer, Row.Event event) {
        var version = " at version " + event.seq();
        differences.texts(
                "status" + version,
                answer.paymentStatus().map(PaymentStatus::word),
                event.status().word());
        differences.texts(
                "money" + version,
                answer.shown().map(Shown::toString),
                of(event.amounts()).toString());
    }

    private static Shown of(Row.Amounts amounts) {
        return new Shown(amounts.authorized(), amounts.captured(), amounts.refunded());
    }
}
