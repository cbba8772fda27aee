package dev.paygateway.payment;

import dev.paygateway.payment.Operation.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.joda.money.Money;

/** Holds what the store says against the acquirers' own books. */
final class Judge {
    /** One step of a timeline; where a payment begins, {@code from} is {@code [*]}. */
    record Move(String from, String to, String event) {}

    private final MemoryStore store;
    private final List<ModelAcquirer> acquirers;
    private final List<String> violations = new ArrayList<>();

    Judge(MemoryStore store, List<ModelAcquirer> acquirers) {
        this.store = store;
        this.acquirers = acquirers;
    }

    Set<Move> moves() {
        var moves = new LinkedHashSet<Move>();
        for (var payment : store.all()) {
            for (var line : store.timeline(payment.id())) {
                var from = line.previousStatus().map(Status::code).orElse("[*]");
                moves.add(new Move(from, line.status().code(), line.type()));
            }
        }
        return moves;
    }

    List<String> violations() {
        store.all().forEach(this::judge);
        ghosts();
        return violations;
    }

    private void judge(Payment payment) {
        var charges = entries(payment).filter(ModelAcquirer.Entry::isCharge).count();
        var isWrong = entries(payment).anyMatch(ModelAcquirer.Entry::isWrong);
        var voided = sum(payment, Kind.VOID);
        require(charges <= 1, payment, "charged " + charges + " times");
        if (payment.status().isVoid()) {
            require(
                    charges == 0 || !voided.isZero(),
                    payment,
                    "it says no money moved, the acquirer says it did");
        } else {
            require(charges == 1, payment, "approved, but the acquirer knows no charge");
        }
        if (!isWrong) {
            require(
                    payment.status() != Status.NEEDS_REVIEW,
                    payment,
                    "given to people for no reason");
            moneyAgrees(payment);
        }
        timelineIsWhole(payment);
        isFinished(payment);
    }

    private void moneyAgrees(Payment payment) {
        var amounts = payment.amounts();
        var sold =
                payment.terms().captureMode() == Payment.CaptureMode.AUTOMATIC
                        && entries(payment).anyMatch(ModelAcquirer.Entry::isCharge);
        var captured = sold ? payment.terms().asked() : sum(payment, Kind.CAPTURE);
        require(
                captured.equals(amounts.captured()),
                payment,
                "captured at the acquirer: " + captured);
        var refunded = sum(payment, Kind.REFUND);
        require(
                refunded.equals(amounts.refunded()),
                payment,
                "refunded at the acquirer: " + refunded);
        require(
                amounts.capturePending().isZero() && amounts.refundPending().isZero(),
                payment,
                "something stayed reserved");
    }

    private void timelineIsWhole(Payment payment) {
        var lines = store.timeline(payment.id());
        for (var number = 1; number <= lines.size(); number++) {
            require(lines.get(number - 1).sequence() == number, payment, "timeline has a gap");
        }
        require(lines.size() == payment.version(), payment, "version and timeline differ");
    }

    private void isFinished(Payment payment) {
        for (var operation : store.operations(payment.id())) {
            require(!operation.isOpen(), payment, "still open: " + operation);
            operation
                    .order()
                    .key()
                    .filter(_ ->
                            payment.status() != Status.NEEDS_REVIEW
                                    && operation.state() != Operation.State.NEEDS_REVIEW)
                    .flatMap(key -> store.holder(operation.order().merchant(), key))
                    .ifPresent(holder ->
                            require(
                                    holder.answer().isPresent(),
                                    payment,
                                    "no answer for " + holder.claim().key()));
        }
    }

    private void ghosts() {
        var known = new HashSet<OperationId>();
        store.all().stream()
                .flatMap(payment -> store.operations(payment.id()).stream())
                .forEach(operation -> known.add(operation.id()));
        for (var acquirer : acquirers) {
            acquirer.books()
                    .forEach((reference, entry) -> {
                        if (!known.contains(reference) && entry.isCharge()) {
                            violations.add("ghost charge " + reference);
                        }
                    });
        }
    }

    private Stream<ModelAcquirer.Entry> entries(Payment payment) {
        return acquirers.stream()
                .flatMap(acquirer -> acquirer.books().values().stream())
                .filter(entry -> entry.payment().equals(payment.id()));
    }

    private Money sum(Payment payment, Kind kind) {
        return entries(payment)
                .filter(entry -> entry.isDone(kind))
                .map(ModelAcquirer.Entry::amount)
                .reduce(Money.zero(payment.terms().asked().getCurrencyUnit()), Money::plus);
    }

    private void require(boolean holds, Payment payment, String what) {
        if (!holds) {
            violations.add(what + ": " + payment + " " + store.operations(payment.id()));
        }
    }
}
