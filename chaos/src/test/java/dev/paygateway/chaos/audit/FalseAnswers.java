package dev.paygateway.chaos.audit;

import dev.paygateway.chaos.audit.evidence.Call;
import dev.paygateway.chaos.audit.evidence.Call.Outcome;
import dev.paygateway.chaos.audit.evidence.Moment;
import java.util.Optional;
import java.util.OptionalLong;

/** The mistakes that a gateway can make in what it tells, though its books are right. */
final class FalseAnswers {
    private static final long BEFORE_REFUND = 2;

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
}
