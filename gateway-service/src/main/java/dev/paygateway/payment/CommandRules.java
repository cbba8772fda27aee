package dev.paygateway.payment;

import dev.paygateway.payment.Operation.Kind;
import dev.paygateway.payment.Payment.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** Decides what a merchant's command begins, or why it cannot. Values in, values out. */
final class CommandRules {
    /** No try of an operation starts that could end later than this after its first commit. */
    static final Duration SEND_WINDOW = Duration.ofSeconds(8);

    private static final Set<Status> CAPTURABLE =
            EnumSet.of(Status.AUTHORIZED, Status.PARTIALLY_CAPTURED);
    private static final Set<Status> REFUNDABLE =
            EnumSet.of(Status.PARTIALLY_CAPTURED, Status.CAPTURED);

    private final Ids ids;
    private final String region;

    CommandRules(Ids ids, String region) {
        this.ids = ids;
        this.region = region;
    }

    /** What a command leads to. */
    sealed interface Plan {
        record Begin(Decision decision) implements Plan {}

        record Refuse(Refusal refusal) implements Plan {}
    }

    /** A new payment, to be authorised at the given acquirer. */
    Decision open(Command.Pay pay, String acquirer, Instant now) {
        var id = ids.payment();
        var operation = ids.operation();
        var payment =
                new Payment(
                        id,
                        terms(pay, now),
                        Status.PROCESSING,
                        Amounts.none(pay.amount().getCurrencyUnit()),
                        new Route(acquirer, operation),
                        Optional.empty(),
                        Optional.empty(),
                        1,
                        now);
        var order =
                new Operation.Order(
                        id,
                        pay.claim().merchant(),
                        Kind.AUTHORIZE,
                        Optional.empty(),
                        pay.amount(),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        acquirer,
                        Optional.of(pay.claim().key()),
                        pay.requestId(),
                        now.plus(SEND_WINDOW),
                        now);
        return new Decision(
                Optional.of(pay.claim()),
                Optional.empty(),
                payment,
                List.of(),
                Optional.of(Operation.sent(operation, order)),
                new Decision.Event(ids.event(), "payment.processing", operation),
                Optional.empty());
    }

    private Payment.Terms terms(Command.Pay pay, Instant now) {
        return new Payment.Terms(
                pay.claim().merchant(),
                pay.reference(),
                pay.uniqueReference(),
                pay.captureMode(),
                pay.amount(),
                pay.card(),
                region,
                pay.claim().key(),
                pay.metadata(),
                pay.onUnknown(),
                now.plus(pay.unknownAfter()),
                now);
    }

    /** Something done to a payment, as it stands now. */
    Plan change(Command.Change change, Payment payment, Instant now) {
        return switch (change) {
            case Command.Capture capture -> capture(capture, payment, now);
            case Command.Release release -> release(release, payment, now);
            case Command.Refund refund -> refund(refund, payment, now);
        };
    }

    private Plan capture(Command.Capture capture, Payment payment, Instant now) {
        if (!CAPTURABLE.contains(payment.status())) {
            return refuse(new Refusal.InvalidState(payment, CAPTURABLE));
        }
        if (payment.openOperation().isPresent()) {
            return refuse(new Refusal.Busy(payment));
        }
        var capturable = payment.amounts().capturable();
        var amount = capture.amount().orElse(capturable);
        if (isOtherCurrency(amount, payment)) {
            return refuse(new Refusal.OtherCurrency(payment, currencyOf(amount)));
        }
        if (amount.isGreaterThan(capturable) || amount.isZero()) {
            return refuse(new Refusal.ExceedsCapturable(payment, amount));
        }
        var operation =
                begin(capture, payment, new What(Kind.CAPTURE, amount, capture.last()), now);
        var after =
                payment.with(payment.amounts().reservingCapture(amount)).opening(operation.id());
        return begin(capture, payment, after, operation);
    }

    private Plan release(Command.Release release, Payment payment, Instant now) {
        if (!CAPTURABLE.contains(payment.status())) {
            return refuse(new Refusal.InvalidState(payment, CAPTURABLE));
        }
        if (payment.openOperation().isPresent()) {
            return refuse(new Refusal.Busy(payment));
        }
        var rest = payment.amounts().capturable();
        var operation = begin(release, payment, new What(Kind.VOID, rest, true), now);
        return begin(release, payment, payment.opening(operation.id()), operation);
    }

    private Plan refund(Command.Refund refund, Payment payment, Instant now) {
        if (!REFUNDABLE.contains(payment.status())) {
            return refuse(new Refusal.InvalidState(payment, REFUNDABLE));
        }
        var amount = refund.amount();
        if (isOtherCurrency(amount, payment)) {
            return refuse(new Refusal.OtherCurrency(payment, currencyOf(amount)));
        }
        var refundable = payment.amounts().refundable();
        if (refund.expectedRefundable().filter(refundable::equals).isEmpty()
                && refund.expectedRefundable().isPresent()) {
            return refuse(
                    new Refusal.RefundableChanged(payment, refund.expectedRefundable().get()));
        }
        if (amount.isGreaterThan(refundable)) {
            return refuse(new Refusal.ExceedsRefundable(payment, amount));
        }
        var operation = begin(refund, payment, new What(Kind.REFUND, amount, false), now);
        var after = payment.with(payment.amounts().reservingRefund(amount));
        return begin(refund, payment, after, operation);
    }

    private record What(Kind kind, Money amount, boolean last) {}

    private Operation begin(Command.Change change, Payment payment, What what, Instant now) {
        var reason =
                change instanceof Command.Refund refund
                        ? refund.reason()
                        : Optional.<String>empty();
        var order =
                new Operation.Order(
                        payment.id(),
                        payment.terms().merchant(),
                        what.kind(),
                        Optional.of(ids.resource(what.kind())),
                        what.amount(),
                        what.last(),
                        reason,
                        Optional.of(payment.route().authorization()),
                        payment.route().acquirer(),
                        Optional.of(change.claim().key()),
                        change.requestId(),
                        now.plus(SEND_WINDOW),
                        now);
        return Operation.sent(ids.operation(), order);
    }

    private Plan begin(Command.Change change, Payment before, Payment after, Operation operation) {
        var type = operation.order().kind().code() + ".sent";
        return new Plan.Begin(
                new Decision(
                        Optional.of(change.claim()),
                        Optional.of(before),
                        after.to(before.status(), operation.updatedAt()),
                        List.of(),
                        Optional.of(operation),
                        new Decision.Event(ids.event(), type, operation.id()),
                        Optional.empty()));
    }

    private static boolean isOtherCurrency(Money amount, Payment payment) {
        return !currencyOf(amount).equals(currencyOf(payment.terms().asked()));
    }

    private static CurrencyUnit currencyOf(Money amount) {
        return amount.getCurrencyUnit();
    }

    private static Plan refuse(Refusal refusal) {
        return new Plan.Refuse(refusal);
    }
}
