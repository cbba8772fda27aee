package dev.paygateway.edge;

import dev.paygateway.payment.Answer;
import dev.paygateway.payment.Decline;
import dev.paygateway.payment.Operation;
import dev.paygateway.payment.Operation.Kind;
import dev.paygateway.payment.Payment;
import dev.paygateway.payment.Rendering;
import dev.paygateway.payment.Status;
import dev.paygateway.payment.Status.MoneyMoved;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.TreeMap;
import org.joda.money.Money;
import tools.jackson.core.JsonGenerator;

/** Payments, captures, voids, refunds and their refusals in JSON, always in the same order. */
final class JsonRendering implements Rendering {
    private static final int CREATED = 201;
    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    @Override
    public String snapshot(Payment payment) {
        return Json.object(out -> write(out, payment, payment.status().moneyMoved()));
    }

    /** The same while a change of it is under way: nobody knows whether that moved money. */
    String changing(Payment payment) {
        return Json.object(out -> write(out, payment, MoneyMoved.UNKNOWN));
    }

    @Override
    public Answer answer(Payment payment, Operation operation) {
        return switch (operation.state()) {
            case SUCCEEDED -> succeeded(payment, operation);
            case DECLINED -> problem(declined(payment, operation), operation);
            case FAILED -> problem(failed(payment, operation), operation);
            case SENT, UNKNOWN, NEEDS_REVIEW ->
                    throw new IllegalArgumentException(
                            operation.id() + " is " + operation.state() + ": it has no answer yet");
        };
    }

    static String time(Instant instant) {
        return MILLISECONDS.format(instant);
    }

    private Answer succeeded(Payment payment, Operation operation) {
        return switch (operation.order().kind()) {
            case AUTHORIZE ->
                    payment.status().isVoid()
                            ? problem(reversed(payment), operation)
                            : new Answer(CREATED, snapshot(payment));
            case CAPTURE, VOID, REFUND, REVERSE ->
                    new Answer(CREATED, Json.object(out -> write(out, payment, operation)));
        };
    }

    private static Answer problem(Problem problem, Operation operation) {
        return new Answer(problem.status(), problem.toJson(operation.order().requestId()));
    }

    private Problem reversed(Payment payment) {
        return Problem.of(
                        Code.REVERSED,
                        "The card was approved after a silence, and the approval was undone.")
                .about(snapshot(payment));
    }

    private Problem declined(Payment payment, Operation operation) {
        var decline = operation.decline().orElseThrow();
        var problem =
                operation.order().kind() == Kind.AUTHORIZE
                        ? Problem.of(code(decline), "The issuer refused the payment.")
                        : Problem.of(
                                Code.OPERATION_DECLINED,
                                "The acquirer refused the %s; nothing was changed."
                                        .formatted(operation.order().kind().code()));
        return problem.declined(decline).about(snapshot(payment));
    }

    private static Code code(Decline decline) {
        return switch (decline.code()) {
            case "insufficient_funds" -> Code.INSUFFICIENT_FUNDS;
            case "expired_card" -> Code.EXPIRED_CARD;
            case "incorrect_cvc" -> Code.INCORRECT_CVC;
            default -> Code.CARD_DECLINED;
        };
    }

    private Problem failed(Payment payment, Operation operation) {
        return Problem.of(
                        Code.NOT_PROCESSED,
                        operation.order().kind() == Kind.AUTHORIZE
                                ? "It is proved that the card was never charged."
                                : "It is proved that the %s never happened."
                                        .formatted(operation.order().kind().code()))
                .about(snapshot(payment));
    }

    private static void write(JsonGenerator out, Payment payment, MoneyMoved moneyMoved) {
        var terms = payment.terms();
        out.writeStringProperty("id", payment.id().value());
        out.writeStringProperty("object", "payment");
        out.writeStringProperty("status", payment.status().code());
        out.writeStringProperty("money_moved", moneyMoved.code());
        write(out, "amount", terms.asked());
        writeAmounts(out, payment);
        out.writeStringProperty("capture", terms.captureMode().code());
        out.writeStringProperty("reference", terms.reference());
        write(out, terms.card());
        out.writeStringProperty("acquirer", payment.route().acquirer());
        out.writeStringProperty("region", terms.region());
        out.writeNumberProperty("version", payment.version());
        out.writeNumberProperty("sequence", payment.version());
        out.writeStringProperty("idempotency_key", terms.idempotencyKey());
        out.writeStringProperty("created_at", time(terms.createdAt()));
        out.writeStringProperty("updated_at", time(payment.updatedAt()));
        payment.decline().ifPresent(decline -> Problem.writeDecline(out, decline));
        out.writeObjectPropertyStart("metadata");
        new TreeMap<>(terms.metadata()).forEach(out::writeStringProperty);
        out.writeEndObject();
    }

    private static void writeAmounts(JsonGenerator out, Payment payment) {
        var amounts = payment.amounts();
        out.writeNumberProperty("authorized", minor(amounts.authorized()));
        out.writeNumberProperty("captured", minor(amounts.captured()));
        out.writeNumberProperty("refunded", minor(amounts.refunded()));
        out.writeNumberProperty(
                "capturable", isCapturable(payment.status()) ? minor(amounts.capturable()) : 0);
        out.writeNumberProperty("refundable", minor(amounts.refundable()));
        out.writeStringProperty("refund_status", refundStatus(payment));
    }

    private static boolean isCapturable(Status status) {
        return status == Status.AUTHORIZED || status == Status.PARTIALLY_CAPTURED;
    }

    private static String refundStatus(Payment payment) {
        var amounts = payment.amounts();
        if (amounts.refunded().isZero()) {
            return "none";
        }
        return amounts.refunded().equals(amounts.captured()) ? "full" : "partial";
    }

    private static void write(JsonGenerator out, Payment.CardSummary card) {
        out.writeObjectPropertyStart("payment_method");
        out.writeObjectPropertyStart("card");
        out.writeStringProperty("brand", card.brand());
        out.writeStringProperty("bin", card.bin());
        out.writeStringProperty("last4", card.last4());
        out.writeNumberProperty("exp_month", card.expiryMonth());
        out.writeNumberProperty("exp_year", card.expiryYear());
        out.writeEndObject();
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, Payment payment, Operation operation) {
        var order = operation.order();
        out.writeStringProperty("id", order.resource().orElseThrow());
        out.writeStringProperty("object", order.kind().code());
        out.writeStringProperty("payment", payment.id().value());
        out.writeStringProperty("status", operation.state().code());
        out.writeStringProperty("money_moved", moneyMoved(order.kind()).code());
        write(out, "amount", order.amount());
        if (order.kind() == Kind.CAPTURE) {
            out.writeBooleanProperty("final", order.last());
        }
        order.reason().ifPresent(reason -> out.writeStringProperty("reason", reason));
        out.writeStringProperty("acquirer", order.acquirer());
        out.writeNumberProperty("version", payment.version());
        order.key().ifPresent(key -> out.writeStringProperty("idempotency_key", key));
        out.writeStringProperty("created_at", time(order.createdAt()));
        out.writeStringProperty("updated_at", time(operation.updatedAt()));
    }

    private static MoneyMoved moneyMoved(Kind kind) {
        return switch (kind) {
            case CAPTURE, REFUND -> MoneyMoved.YES;
            case VOID, REVERSE, AUTHORIZE -> MoneyMoved.NO;
        };
    }

    private static void write(JsonGenerator out, String name, Money money) {
        out.writeObjectPropertyStart(name);
        out.writeNumberProperty("value", minor(money));
        out.writeStringProperty("currency", money.getCurrencyUnit().getCode());
        out.writeNumberProperty("exponent", money.getCurrencyUnit().getDecimalPlaces());
        out.writeStringProperty("display", MoneyFields.display(money));
        out.writeEndObject();
    }

    private static long minor(Money money) {
        return money.getAmountMinorLong();
    }
}
