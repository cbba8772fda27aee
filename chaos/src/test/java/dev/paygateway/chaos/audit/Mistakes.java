package dev.paygateway.chaos.audit;

import dev.paygateway.chaos.audit.evidence.BookLine.Effect;
import dev.paygateway.chaos.audit.evidence.BookLine.Origin;
import dev.paygateway.chaos.audit.evidence.BookLine.Subject;
import dev.paygateway.chaos.audit.evidence.Call;
import dev.paygateway.chaos.audit.evidence.Call.Outcome;
import dev.paygateway.chaos.audit.evidence.Moment;
import dev.paygateway.chaos.audit.evidence.PaymentStatus;
import dev.paygateway.chaos.audit.evidence.Row;
import dev.paygateway.chaos.audit.evidence.Row.Amounts;
import dev.paygateway.chaos.audit.evidence.Row.Operation.State;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The mistakes that a gateway can make, each planted in a consistent world by one method. */
final class Mistakes {
    private Mistakes() {}

    private static Predicate<Row.Payment> payment(String name) {
        return row -> row.payment().equals("pay_" + name);
    }

    static Predicate<Row.Operation> operation(String id) {
        return row -> row.id().equals(id);
    }

    static Predicate<Row.Event> event(String name, long seq) {
        return row -> row.payment().equals("pay_" + name) && row.seq() == seq;
    }

    static Predicate<Effect> effect(Effect.Kind kind, String reference) {
        return effect -> effect.is(kind) && effect.reference().equals(reference);
    }

    static Predicate<Call> key(String key) {
        return call -> call.key().filter(key::equals).isPresent();
    }

    static UnaryOperator<Call> answer(String component, Object value) {
        return call ->
                Copy.with(
                        call,
                        "answer",
                        call.answer().map(answer -> Copy.with(answer, component, value)));
    }

    private static UnaryOperator<Call> asked(String component, Object value) {
        return call -> Copy.with(call, "asked", Copy.with(call.asked(), component, value));
    }

    private static UnaryOperator<Effect> subject(String component, Object value) {
        return effect ->
                Copy.with(effect, "subject", Copy.with(effect.subject(), component, value));
    }

    static void paymentNeverStored(World world) {
        world.delete(Row.class, row -> row.payment().equals("pay_sale"));
    }

    static void acknowledgedNeverStored(World world) {
        world.recall(key("run-absent"), answer("outcome", Outcome.ACK));
    }

    static void otherAmountAnswered(World world) {
        world.recall(key("run-sale"), asked("amount", OptionalLong.of(1098)));
    }

    static void otherPaymentAnswered(World world) {
        var first = world.calls.getFirst();
        world.calls.add(answer("payment", Optional.of("pay_other")).apply(first));
    }

    static void otherStatusAnswered(World world) {
        world.recall(
                key("run-sale"), answer("paymentStatus", Optional.of(PaymentStatus.AUTHORIZED)));
    }

    static void failedButCaptured(World world) {
        world.recall(
                call -> key("run-silent").test(call) && call.outcome() == Outcome.OK,
                answer("outcome", Outcome.FAIL));
    }

    static void saidNoMoneyMoved(World world) {
        var last = world.calls.stream().filter(key("run-silent")).toList().getLast();
        world.calls.remove(last);
        var refused = answer("outcome", Outcome.INFO).apply(last);
        refused = answer("http", OptionalLong.of(503)).apply(refused);
        world.calls.add(answer("moneyMoved", Optional.of("no")).apply(refused));
    }

    static void replayDiffers(World world) {
        var first = world.calls.getFirst();
        world.calls.add(answer("body", Optional.of("another digest")).apply(first));
        world.change(
                Row.Key.class,
                row -> row.payment().equals("pay_sale"),
                row -> Copy.with(row, "body", Optional.of("digest of " + row.key().key())));
    }

    static void otherBodyTaken(World world) {
        world.calls.add(asked("body", Optional.of("other")).apply(world.calls.getFirst()));
    }

    static void storedAnswerDiffers(World world) {
        world.change(
                Row.Key.class,
                row -> row.payment().equals("pay_sale"),
                row -> Copy.with(row, "body", Optional.of("digest of something else")));
    }

    /** Told that it is captured, then that it is processing. */
    static void readFlips(World world) {
        var at = world.tick();
        var moment = new Moment(at, at.toEpochMilli());
        world.recall(
                read("sale"),
                call ->
                        answer("paymentStatus", Optional.of(PaymentStatus.PROCESSING))
                                .apply(Copy.with(call, "invoked", moment)));
    }

    static Predicate<Call> read(String name) {
        return call ->
                call.operation() == Call.Operation.GET
                        && call.payment().filter(("pay_" + name)::equals).isPresent();
    }

    static void readBeforePayment(World world) {
        world.recall(read("sale"), answer("version", OptionalLong.of(1)));
    }

    /** The refund was acknowledged at version 4. */
    static void readBeforeRefund(World world) {
        world.recall(read("sale"), FalseAnswers::beforeRefund);
    }

    static void readFindsNothing(World world) {
        world.recall(
                read("sale"),
                call -> {
                    var refused = answer("outcome", Outcome.FAIL).apply(call);
                    return answer("code", Optional.of("not_found")).apply(refused);
                });
    }

    static void neverInvoked(World world) {
        world.calls.removeIf(key("run-sale"));
    }

    /** Somebody else's payment, unless every payment of the run must stand in its history. */
    static void neverInvokedStrictly(World world) {
        world.story("alien", 10, true).approve();
        world.calls.removeIf(key("run-alien"));
        rename(world, "alien");
        if (!World.broken(world.judge()).isEmpty()) {
            throw new IllegalStateException("it is nobody's business: " + world.judge());
        }
        world.strictly();
    }

    private static void rename(World world, String name) {
        var key = new Row.ScopedKey(Story.MERCHANT, "test", "other-" + name);
        world.change(Row.Payment.class, payment(name), row -> Copy.with(row, "key", key));
        world.change(
                Row.Operation.class,
                row -> row.payment().equals("pay_" + name),
                row -> Copy.with(row, "key", Optional.of(key)));
        world.change(
                Row.Key.class,
                row -> row.payment().equals("pay_" + name),
                row -> Copy.with(row, "key", key));
    }

    static void paymentDeleted(World world) {
        world.delete(Row.Payment.class, payment("sale"));
    }

    static void amountInRow(World world) {
        world.change(
                Row.Payment.class,
                payment("sale"),
                row -> Copy.with(row, "amounts", Copy.with(row.amounts(), "refunded", 501L)));
    }

    static void amountInEvent(World world) {
        world.change(
                Row.Event.class,
                event("sale", 2),
                row -> Copy.with(row, "amounts", new Amounts(1098, 1098, 0, 0, 0)));
    }

    static void operationAmount(World world) {
        world.change(
                Row.Operation.class, operation("op_sale_1"), row -> Copy.with(row, "amount", 400L));
    }

    static void overRefunded(World world) {
        world.change(
                Row.Event.class,
                event("sale", 4),
                row -> Copy.with(row, "amounts", new Amounts(1099, 1099, 0, 1100, 0)));
    }

    static void keyTwice(World world) {
        world.story("sale2", 1099, true).approve();
        world.calls.removeIf(key("run-sale2"));
        var key = new Row.ScopedKey(Story.MERCHANT, "test", "run-sale");
        world.delete(Row.Key.class, row -> row.payment().equals("pay_sale2"));
        world.change(Row.Payment.class, payment("sale2"), row -> Copy.with(row, "key", key));
        world.change(
                Row.Operation.class,
                operation("op_sale2_0"),
                row -> Copy.with(row, "key", Optional.of(key)));
        world.rows.add(
                world.rows.stream()
                        .filter(Row.Key.class::isInstance)
                        .map(Row.Key.class::cast)
                        .filter(row -> row.payment().equals("pay_sale"))
                        .findFirst()
                        .map(row -> Copy.with(row, "payment", "pay_sale2"))
                        .map(row -> Copy.with(row, "operation", "op_sale2_0"))
                        .orElseThrow());
    }

    static void eventDeleted(World world) {
        world.delete(Row.Event.class, event("sale", 3));
    }

    static void eventTwice(World world) {
        world.rows.add(
                world.rows.stream()
                        .filter(row -> row instanceof Row.Event it && event("sale", 3).test(it))
                        .findFirst()
                        .orElseThrow());
    }

    static void outboxDeleted(World world) {
        world.delete(Row.Outbox.class, row -> row.payment().equals("pay_sale") && row.seq() == 2);
    }

    static void operationDeleted(World world) {
        world.delete(Row.Operation.class, operation("op_silent_0"));
    }

    static void keyDeleted(World world) {
        world.delete(Row.Key.class, row -> row.operation().equals("op_sale_1"));
    }

    static void keyMisled(World world) {
        world.change(
                Row.Key.class,
                row -> row.operation().equals("op_voided_1"),
                row -> Copy.with(row, "operation", "op_voided_0"));
    }

    static void answerMissing(World world) {
        world.change(
                Row.Key.class,
                row -> row.operation().equals("op_voided_1"),
                row -> Copy.with(row, "http", OptionalLong.empty()));
    }

    /** From captured to canceled and, so that nothing else is wrong, back again. */
    static void illegalTransition(World world) {
        world.change(
                Row.Event.class,
                event("sale", 3),
                row -> Copy.with(row, "status", PaymentStatus.CANCELED));
        world.change(
                Row.Event.class,
                event("sale", 4),
                row -> Copy.with(row, "status", PaymentStatus.CANCELED));
    }

    static void outcomeFlips(World world) {
        world.change(
                Row.Event.class,
                event("silent", 2),
                row -> Copy.with(row, "status", PaymentStatus.DECLINED));
    }

    static void leftUnknown(World world) {
        world.story("stuck", 10, true).silence();
        world.calls.removeIf(key("run-stuck"));
        rename(world, "stuck");
    }

    static void operationLeftOpen(World world) {
        world.change(
                Row.Operation.class,
                operation("op_sale_1"),
                row -> Copy.with(row, "state", State.UNKNOWN));
    }

    static void settledTooLate(World world) {
        world.change(
                Row.Event.class,
                event("silent", 3),
                row ->
                        Copy.with(
                                row, "at", row.at().plus(World.BOUND).plus(Duration.ofMinutes(1))));
    }

    static void ghostCharge(World world) {
        authorized(world, "op_nobodys", new Subject("acct_m_demo1", 4711, "EUR"));
    }

    static void ghostOfFailedKey(World world) {
        world.recall(key("run-absent"), answer("outcome", Outcome.FAIL));
        ghostOfSilentKey(world);
    }

    static void ghostOfSilentKey(World world) {
        authorized(world, "op_absent_0", new Subject("acct_m_demo1", 6000, "EUR"));
    }

    private static void authorized(World world, String reference, Subject subject) {
        var origin = new Origin("basalt", world.nextLine(), world.tick());
        world.book.add(
                new Effect(origin, Effect.Kind.AUTHORIZED, reference, Optional.empty(), subject));
    }

    static void ghostApproval(World world) {
        world.tearOut(Effect.class, effect -> effect.reference().equals("op_silent_0"));
    }

    static void chargedTwice(World world) {
        again(world, effect(Effect.Kind.AUTHORIZED, "op_silent_0"), "amber");
    }

    static void chargedAtBoth(World world) {
        again(world, effect(Effect.Kind.AUTHORIZED, "op_silent_0"), "basalt");
    }

    static void declinedYetCharged(World world) {
        world.rewrite(
                Effect.class,
                effect(Effect.Kind.DECLINED, "op_declined_0"),
                effect -> Copy.with(effect, "kind", Effect.Kind.AUTHORIZED));
    }

    static void otherAmount(World world) {
        world.rewrite(
                Effect.class,
                effect -> effect.reference().equals("op_silent_0"),
                subject("amount", 5001L));
    }

    static void otherCurrency(World world) {
        world.rewrite(
                Effect.class,
                effect(Effect.Kind.AUTHORIZED, "op_silent_0"),
                subject("currency", "CNY"));
    }

    static void otherAccount(World world) {
        world.rewrite(
                Effect.class,
                effect(Effect.Kind.AUTHORIZED, "op_silent_0"),
                subject("account", "acct_m_demo2"));
    }

    static void refundMissing(World world) {
        world.tearOut(Effect.class, effect(Effect.Kind.REFUNDED, "op_sale_1"));
    }

    static void refundTwice(World world) {
        again(world, effect(Effect.Kind.REFUNDED, "op_sale_1"), "amber");
    }

    static void voidMissing(World world) {
        world.tearOut(Effect.class, effect(Effect.Kind.VOIDED, "op_voided_1"));
    }

    static void returnNotBooked(World world) {
        world.tearOut(Effect.class, effect(Effect.Kind.REFUND_RETURNED, "op_returned_1"));
    }

    private static void again(World world, Predicate<Effect> which, String acquirer) {
        var effect =
                world.book.stream()
                        .filter(line -> line instanceof Effect it && which.test(it))
                        .map(Effect.class::cast)
                        .findFirst()
                        .orElseThrow();
        var origin = new Origin(acquirer, world.nextLine(), world.tick());
        world.book.add(Copy.with(effect, "origin", origin));
    }
}
