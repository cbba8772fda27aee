package dev.paygateway.chaos.audit.judge;

import dev.paygateway.chaos.audit.evidence.BookLine.Effect;
import dev.paygateway.chaos.audit.evidence.Dossier;
import dev.paygateway.chaos.audit.evidence.PaymentStatus;
import dev.paygateway.chaos.audit.evidence.Row;
import dev.paygateway.chaos.audit.evidence.Row.Operation.Kind;
import dev.paygateway.chaos.audit.evidence.Row.Operation.State;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One dossier laid out for the checks: its charges added up, its keys held against the books. */
public final class Examination {
    private final Dossier dossier;
    private final Horizon horizon;
    private final Map<String, List<Effect>> effects;
    private final List<Charge> charges;
    private final List<Claim> claims;

    public Examination(Dossier dossier, Horizon horizon) {
        this.dossier = dossier;
        this.horizon = horizon;
        this.effects = dossier.effects().collect(Collectors.groupingBy(Effect::reference));
        this.charges = Charge.of(dossier);
        this.claims = new Claims(this).all();
    }

    /** What this dossier adds to the work that was judged. */
    public Work work() {
        return new Work(
                dossier.payment().stream().count(),
                claims.stream().filter(Claim::isPayment).filter(Claim::isElsewhere).count(),
                claims.stream().filter(claim -> !claim.calls().isEmpty()).count(),
                claims.stream().filter(Claim::wasAcknowledged).count(),
                claims.stream().filter(Claim::wasRefused).count(),
                claims.stream().filter(Claim::wasLeftUnanswered).count(),
                unknowns(),
                dossier.payment().filter(payment -> payment.status().isOpen()).stream().count(),
                dossier.payment().filter(this::isLeftToPeople).stream().count(),
                undecided());
    }

    /**
     * Nobody judges what the acquirer did for it: a service that is in doubt must say so rarely.
     */
    private boolean isLeftToPeople(Row.Payment payment) {
        var operations =
                dossier.operations().stream()
                        .filter(operation -> operation.state() == State.NEEDS_REVIEW)
                        .map(Row.Operation::createdAt)
                        .toList();
        var isLeft = payment.status() == PaymentStatus.NEEDS_REVIEW || !operations.isEmpty();
        return isLeft
                && Stream.concat(Stream.of(payment.createdAt()), operations.stream())
                        .anyMatch(horizon::isOfRuns);
    }

    /** Charges without a row, and refunds of the runs that came back and are not booked so. */
    private Undecided undecided() {
        var charges =
                claims.stream()
                        .filter(claim -> claim.facts().isUndecided())
                        .flatMap(_ -> dossier.effects());
        var returns =
                dossier.operations().stream()
                        .filter(operation -> horizon.isOfRuns(operation.createdAt()))
                        .flatMap(this::returnsToBook);
        return Stream.concat(charges, returns)
                .map(effect -> Undecided.one(horizon.due(effect.origin().at())))
                .reduce(Undecided.NOTHING, Undecided::plus);
    }

    /** Only what a history speaks of: a database that is used again holds those of earlier runs. */
    private long unknowns() {
        return dossier.calls().isEmpty()
                ? 0
                : dossier.events().stream()
                        .filter(event -> event.type().endsWith(".unknown"))
                        .count();
    }

    Dossier dossier() {
        return dossier;
    }

    Horizon horizon() {
        return horizon;
    }

    /** Every authorisation in the acquirers' books, whatever became of it. */
    List<Charge> charges() {
        return charges;
    }

    /** Every idempotency key of the dossier. */
    List<Claim> claims() {
        return claims;
    }

    /**
     * Whether the row can be held against the books: it claims to know what the acquirer did, and
     * the books were read after that.
     */
    boolean isSettled(Row.Operation operation) {
        return operation.state().isSettled()
                && !horizon.isFresh(operation.updatedAt())
                && !isBeingReturned(operation);
    }

    /** Whether the payment's sums can be held against the books. */
    boolean isSettled(Row.Payment payment) {
        return !payment.status().isOpen()
                && payment.status() != PaymentStatus.NEEDS_REVIEW
                && !horizon.isFresh(payment.updatedAt())
                && dossier.operations().stream().allMatch(this::isSettled);
    }

    /** The effects that an operation had, as its reference tells. */
    Stream<Effect> effectsOf(Row.Operation operation) {
        return effects.getOrDefault(operation.id(), List.of()).stream();
    }

    long sum(Row.Operation operation, Effect.Kind kind) {
        return effectsOf(operation)
                .filter(effect -> effect.is(kind))
                .mapToLong(effect -> effect.subject().amount())
                .sum();
    }

    private boolean isBeingReturned(Row.Operation operation) {
        return returnsToBook(operation).findAny().isPresent();
    }

    /** A bank may send a refund back at any time; the gateway learns of it by asking. */
    private Stream<Effect> returnsToBook(Row.Operation operation) {
        return operation.is(Kind.REFUND) && operation.state() == State.SUCCEEDED
                ? effectsOf(operation)
                        .filter(effect -> effect.is(Effect.Kind.REFUND_RETURNED))
                        .filter(effect -> !horizon.overdue(effect.origin().at()))
                : Stream.empty();
    }
}
