package dev.paygateway.chaos.audit;

import dev.paygateway.chaos.audit.evidence.BookLine.Effect;
import dev.paygateway.chaos.audit.evidence.Call;
import dev.paygateway.chaos.audit.evidence.Call.Outcome;
import dev.paygateway.chaos.audit.evidence.Call.Shown;
import dev.paygateway.chaos.audit.evidence.Moment;
import dev.paygateway.chaos.audit.evidence.PaymentStatus;
import dev.paygateway.chaos.audit.evidence.Row;
import dev.paygateway.chaos.audit.evidence.Row.Amounts;
import dev.paygateway.chaos.audit.evidence.Row.Operation.State;
import java.util.Optional;
import java.util.OptionalLong;

/** The mistakes that a gateway can make in what it tells, though its books are right. */
final class FalseAnswers {
    private static final long BEFORE_REFUND = 2;

    private static final Optional<Shown> TOO_LITTLE = Optional.of(new Shown(1099, 1098, 0));

    private static final String REFUND = "op_sale_1";
    private static final Amounts PAID = new Amounts(1099, 1099, 0, 0, 0);

    private FalseAnswers() {}

    static Call last(World world, String key) {
        return world.calls.stream().filter(Mistakes.key(key)).toList().getLast();
    }

    static Call with(Call call, String component, Object value) {
        return Mistakes.answer(component, value).apply(call);
    }

    /** The same request, sent when everything else is over. */
    static Call again(World world, Call call) {
        var invoked = world.tick();
        var answered = world.tick();
        var later = Copy.with(call, "number", world.calls.size() + 1L);
        later = Copy.with(later, "invoked", new Moment(invoked, invoked.toEpochMilli()));
        return with(later, "at", new Moment(answered, answered.toEpochMilli()));
    }

    /** A refusal that shows nothing and says that no money moved. */
    static Call refused(Call call, long http, String code) {
        var refused = with(call, "outcome", http < 500 ? Outcome.FAIL : Outcome.INFO);
        refused = with(refused, "http", OptionalLong.of(http));
        refused = with(refused, "code", Optional.of(code));
        refused = with(refused, "moneyMoved", Optional.of("no"));
        refused = with(refused, "paymentStatus", Optional.empty());
        refused = with(refused, "resource", Optional.empty());
        refused = with(refused, "resourceStatus", Optional.empty());
        refused = with(refused, "shown", Optional.empty());
        refused = with(refused, "version", OptionalLong.empty());
        return with(refused, "body", Optional.of("digest of a refusal"));
    }

    static void paymentDenied(World world) {
        var replay = again(world, last(world, "run-sale"));
        world.calls.add(refused(replay, 503, "database_unavailable"));
    }

    static void refundDenied(World world) {
        var replay = again(world, last(world, "run-refund"));
        world.calls.add(refused(replay, 422, "amount_exceeds_refundable"));
    }

    /** What a read would have shown while the refund was under way. */
    static Call beforeRefund(Call read) {
        var older = with(read, "shown", Optional.of(new Shown(1099, 1099, 0)));
        return with(older, "version", OptionalLong.of(3));
    }

    /** A second refund is held against the payment as it was before the first. */
    static void refusedOnOldState(World world) {
        world.calls.add(secondRefund(world));
    }

    static Call secondRefund(World world) {
        var call = again(world, last(world, "run-refund"));
        call = Copy.with(call, "key", Optional.of("run-second"));
        call = refused(call, 422, "amount_exceeds_refundable");
        return with(call, "version", OptionalLong.of(BEFORE_REFUND));
    }

    /** What came back at version 5 was acknowledged to nobody, but read once. */
    static void readsGoBack(World world) {
        var last = world.calls.stream().filter(Mistakes.read("returned")).toList().getLast();
        world.recall(
                last::equals,
                read ->
                        with(
                                with(read, "version", OptionalLong.of(4)),
                                "shown",
                                Optional.of(new Shown(8000, 8000, 8000))));
    }

    static void otherMoneyAnswered(World world) {
        world.recall(Mistakes.key("run-sale"), call -> with(call, "shown", TOO_LITTLE));
    }

    static void otherMoneyRead(World world) {
        world.recall(Mistakes.read("sale"), read -> with(read, "shown", TOO_LITTLE));
    }

    static void otherStatusRead(World world) {
        world.recall(
                Mistakes.read("sale"),
                read -> with(read, "paymentStatus", Optional.of(PaymentStatus.AUTHORIZED)));
    }

    static void versionNeverMade(World world) {
        world.recall(Mistakes.read("sale"), read -> with(read, "version", OptionalLong.of(5)));
    }

    /** A refusal, which shows what the payment never was. */
    static void otherMoneyInRefusal(World world) {
        world.recall(Mistakes.key("run-declined"), call -> with(call, "shown", TOO_LITTLE));
    }

    /** Answered, and stored, as if it had succeeded; the books agree that it did not. */
    static void declinedRefundAnswered(World world) {
        world.rewrite(
                Effect.class,
                Mistakes.effect(Effect.Kind.REFUNDED, REFUND),
                effect -> Copy.with(effect, "kind", Effect.Kind.DECLINED));
        world.change(
                Row.Operation.class,
                Mistakes.operation(REFUND),
                row -> Copy.with(row, "state", State.DECLINED));
        world.change(
                Row.Event.class,
                Mistakes.event("sale", 4),
                row -> Copy.with(Copy.with(row, "type", "refund.declined"), "amounts", PAID));
        world.change(
                Row.Payment.class,
                row -> row.payment().equals("pay_sale"),
                row -> Copy.with(row, "amounts", PAID));
        world.recall(
                Mistakes.read("sale"),
                read -> with(read, "shown", Optional.of(new Shown(1099, 1099, 0))));
    }

    /** The same of a capture: the hold stays what it was, the answer says that it is money. */
    static void declinedCaptureAnswered(World world) {
        var held = new Amounts(3500, 0, 0, 0, 0);
        world.story("held", 3500, false).approve().capture("taken", 1000, false).succeed();
        world.rewrite(
                Effect.class,
                Mistakes.effect(Effect.Kind.CAPTURED, "op_held_1"),
                effect -> Copy.with(effect, "kind", Effect.Kind.DECLINED));
        world.change(
                Row.Operation.class,
                Mistakes.operation("op_held_1"),
                row -> Copy.with(row, "state", State.DECLINED));
        world.change(
                Row.Event.class,
                Mistakes.event("held", 4),
                row ->
                        Copy.with(
                                Copy.with(
                                        Copy.with(row, "type", "capture.declined"),
                                        "amounts",
                                        held),
                                "status",
                                PaymentStatus.AUTHORIZED));
        world.change(
                Row.Payment.class,
                row -> row.payment().equals("pay_held"),
                row ->
                        Copy.with(
                                Copy.with(row, "amounts", held),
                                "status",
                                PaymentStatus.AUTHORIZED));
    }

    /** Done, says the answer, at the version in which it had only begun. */
    static void refundDoneTooSoon(World world) {
        world.recall(Mistakes.key("run-refund"), call -> with(call, "version", OptionalLong.of(3)));
    }

    static void refundOfAnotherVersion(World world) {
        world.recall(Mistakes.key("run-refund"), call -> with(call, "version", OptionalLong.of(2)));
    }
}
