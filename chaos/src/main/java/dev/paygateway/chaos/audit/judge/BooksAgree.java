package dev.paygateway.chaos.audit.judge;

import dev.paygateway.chaos.audit.evidence.BookLine.Effect;
import dev.paygateway.chaos.audit.evidence.Dossier;
import dev.paygateway.chaos.audit.evidence.Row;
import dev.paygateway.chaos.audit.evidence.Row.Operation.Kind;
import dev.paygateway.chaos.audit.evidence.Row.Operation.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * I3: no ghost charge, no ghost approval. Each effect is one that an operation of ours asked for,
 * each operation that succeeded had its effect, and a payment's sums are those of the books.
 */
final class BooksAgree implements Check {
    /**
     * Effects whose amount is what the operation asked for; a final capture's release, a void or a
     * reversal tells what it freed.
     */
    private static final Set<Effect.Kind> OF_ASKED_AMOUNT =
            Set.of(
                    Effect.Kind.AUTHORIZED,
                    Effect.Kind.CAPTURED,
                    Effect.Kind.REFUNDED,
                    Effect.Kind.REFUND_RETURNED);

    @Override
    public Law law() {
        return Law.I3;
    }

    @Override
    public int subjects(Examination examination) {
        var dossier = examination.dossier();
        return dossier.operations().size() + (int) dossier.effects().count();
    }

    @Override
    public List<String> problems(Examination examination) {
        var problems = new ArrayList<String>();
        var dossier = examination.dossier();
        var blamed = examination.claims().stream().anyMatch(BooksAgree::isSettledByTable);
        if (!blamed) {
            dossier.effects().forEach(effect -> effect(examination, effect, problems));
            examination.charges().stream()
                    .filter(Charge::isUngranted)
                    .forEach(charge -> problems.add("used, and never granted: " + charge));
        }
        dossier.payment().ifPresent(payment -> card(dossier, payment, problems));
        dossier.operations().stream()
                .filter(examination::isSettled)
                .forEach(operation -> operation(examination, operation, problems));
        dossier.payment()
                .filter(examination::isSettled)
                .ifPresent(payment -> problems.addAll(new Sums(payment, examination).problems()));
        examination.claims().stream()
                .filter(claim -> claim.breaks(Law.I3))
                .forEach(claim -> problems.add("key " + claim.key() + ": " + claim.facts()));
        return problems;
    }

    /** A charge filed under a lost key: the table says which law it breaks, and when. */
    private static boolean isSettledByTable(Claim claim) {
        return claim.facts().database() instanceof Case.Database.No
                && claim.facts().acquirer() instanceof Case.Acquirer.Effect;
    }

    private static void effect(Examination examination, Effect effect, List<String> problems) {
        var operation = examination.dossier().operation(effect.reference());
        if (operation.isEmpty()) {
            problems.add("ghost: no operation of ours asked for " + describe(effect));
            return;
        }
        var row = operation.get();
        var subject = effect.subject();
        if (!subject.account().equals("acct_" + row.merchant())) {
            problems.add("account of " + row.merchant() + " expected: " + describe(effect));
        }
        if (row.acquirer().filter(effect.origin().acquirer()::equals).isEmpty()) {
            problems.add(
                    "acquirer " + row.acquirer().orElse("none") + " expected: " + describe(effect));
        }
        if (OF_ASKED_AMOUNT.contains(effect.kind()) && !isAsked(row, effect)) {
            problems.add(row.amount() + " " + row.currency() + " expected: " + describe(effect));
        }
        effect.original()
                .filter(original -> !isAuthorization(examination.dossier(), original))
                .map(original -> original + " is no authorisation of this payment: ")
                .ifPresent(problem -> problems.add(problem + describe(effect)));
    }

    /** Whoever pays with one card must not be charged on another. */
    private static void card(Dossier dossier, Row.Payment payment, List<String> problems) {
        dossier.requests()
                .filter(request ->
                        request.card().filter(it -> !it.equals(payment.card())).isPresent())
                .map(request ->
                        "card ending in %s expected: %s line %d asked for that of %s, reference %s"
                                .formatted(
                                        payment.card(),
                                        request.origin().acquirer(),
                                        request.origin().line(),
                                        request.card().orElseThrow(),
                                        request.reference()))
                .forEach(problems::add);
    }

    /** Else it moves the money of another payment, whose own row says nothing of it. */
    private static boolean isAuthorization(Dossier dossier, String id) {
        return dossier.operation(id).filter(row -> row.is(Kind.AUTHORIZE)).isPresent();
    }

    private static boolean isAsked(Row.Operation row, Effect effect) {
        return effect.subject().amount() == row.amount()
                && effect.subject().currency().equals(row.currency());
    }

    private static void operation(
            Examination examination, Row.Operation row, List<String> problems) {
        var expected = row.state() == State.SUCCEEDED ? row.amount() : 0;
        switch (row.kind()) {
            case AUTHORIZE -> authorization(examination, row, problems);
            case CAPTURE -> {
                var captured = examination.sum(row, Effect.Kind.CAPTURED);
                compare(row, "captured", expected, captured, problems);
            }
            case REFUND -> {
                var refunded =
                        examination.sum(row, Effect.Kind.REFUNDED)
                                - examination.sum(row, Effect.Kind.REFUND_RETURNED);
                compare(row, "refunded", expected, refunded, problems);
            }
            case VOID -> {
                var voids = count(examination, row, Effect.Kind.VOIDED);
                compare(row, "voids", row.state() == State.SUCCEEDED ? 1 : 0, voids, problems);
            }
            case REVERSE -> reversal(examination, row, problems);
        }
    }

    private static void authorization(
            Examination examination, Row.Operation row, List<String> problems) {
        var granted = count(examination, row, Effect.Kind.AUTHORIZED);
        var stands =
                examination.charges().stream()
                        .filter(charge -> charge.reference().equals(row.id()))
                        .anyMatch(Charge::stands);
        var succeeded = row.state() == State.SUCCEEDED;
        if (succeeded && granted != 1) {
            problems.add(
                    "ghost approval: " + row.id() + " succeeded, granted " + granted + " times");
        }
        if (!succeeded && stands) {
            problems.add("ghost charge: " + row.id() + " " + row.state() + ", and it stands");
        }
        if (succeeded && granted == 1) {
            examination.dossier().payment().ifPresent(it -> sale(examination, it, row, problems));
        }
    }

    /** An authorisation of a payment with automatic capture takes the money at once, all of it. */
    private static void sale(
            Examination examination,
            Row.Payment payment,
            Row.Operation row,
            List<String> problems) {
        var expected = payment.automaticCapture() ? row.amount() : 0;
        var captured = examination.sum(row, Effect.Kind.CAPTURED);
        compare(row, "captured at once", expected, captured, problems);
    }

    private static void reversal(
            Examination examination, Row.Operation row, List<String> problems) {
        var target = row.target().orElse("");
        var stands =
                examination.charges().stream()
                        .filter(charge -> charge.reference().equals(target))
                        .anyMatch(Charge::stands);
        if (row.state() == State.SUCCEEDED && stands) {
            problems.add("reversal " + row.id() + " succeeded, and " + target + " stands");
        }
    }

    private static long count(Examination examination, Row.Operation row, Effect.Kind kind) {
        return examination.effectsOf(row).filter(effect -> effect.is(kind)).count();
    }

    private static void compare(
            Row.Operation row, String what, long ours, long theirs, List<String> problems) {
        if (ours != theirs) {
            problems.add(
                    "%s %s: %s %d by our row, %d by the books"
                            .formatted(row.id(), row.state(), what, ours, theirs));
        }
    }

    private static String describe(Effect effect) {
        return "%s line %d: %s %d %s, reference %s, %s"
                .formatted(
                        effect.origin().acquirer(),
                        effect.origin().line(),
                        effect.kind(),
                        effect.subject().amount(),
                        effect.subject().currency(),
                        effect.reference(),
                        effect.subject().account());
    }
}
