package dev.paygateway.chaos.acquirer;

import dev.paygateway.chaos.acquirer.Fact.Effect;
import dev.paygateway.chaos.acquirer.Fact.EffectKind;
import dev.paygateway.chaos.acquirer.Fact.Request;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Decides what a call with a reference not used before does; it changes nothing. */
final class Judge {
    private final Temper temper;
    private final Ledger ledger;

    Judge(Temper temper, Ledger ledger) {
        this.temper = temper;
        this.ledger = ledger;
    }

    /** The effects of a call, in their order; none if it is to be forgotten. */
    List<Effect> effects(Call call, Request request, Instant now) {
        if (ledger.isTombstoned(call.reference())) {
            return List.of(Effect.declined(request, DeclineCode.TOMBSTONED));
        }
        return switch (call) {
            case Call.Authorize authorize -> authorize(authorize, request, now);
            case Call.Capture capture -> capture(capture, request);
            case Call.Cancel release -> List.of(release(release, request));
            case Call.Refund refund -> List.of(refund(refund, request));
            case Call.Reverse reverse -> List.of(reverse(reverse, request));
            case Call.Inquire _ -> List.of();
        };
    }

    private List<Effect> authorize(Call.Authorize call, Request request, Instant now) {
        var card = call.card().sandbox();
        return switch (card.judgement()) {
            case APPROVE -> approve(call, request, now);
            case DECLINE -> List.of(Effect.declined(request, DeclineCode.GENERIC_DECLINE));
            case NO_FUNDS -> List.of(Effect.declined(request, DeclineCode.INSUFFICIENT_FUNDS));
            case TOO_OLD -> List.of(Effect.declined(request, DeclineCode.EXPIRED_CARD));
            case WRONG_CVC -> List.of(Effect.declined(request, DeclineCode.INCORRECT_CVC));
            case IGNORE -> List.of();
            case SKIP_AT_FIRST ->
                    temper.skipsFirst()
                            ? List.of(
                                    Effect.of(EffectKind.NOT_PROCESSED, request, request.amount()))
                            : approve(call, request, now);
        };
    }

    private static List<Effect> approve(Call.Authorize call, Request request, Instant now) {
        var lastMonth = YearMonth.of(call.card().expiryYear(), call.card().expiryMonth());
        if (lastMonth.isBefore(YearMonth.from(now.atOffset(ZoneOffset.UTC)))) {
            return List.of(Effect.declined(request, DeclineCode.EXPIRED_CARD));
        }
        var authorized = Effect.of(EffectKind.AUTHORIZED, request, request.amount());
        return call.capture()
                ? List.of(authorized, Effect.of(EffectKind.CAPTURED, request, request.amount()))
                : List.of(authorized);
    }

    private List<Effect> capture(Call.Capture call, Request request) {
        var holding = holding(call);
        var refused =
                holding.map(held -> held.refusesCapture(call.amount()))
                        .orElse(Optional.of(DeclineCode.INVALID_STATE));
        if (refused.isPresent()) {
            return List.of(Effect.declined(request, refused.get()));
        }
        var captured = Effect.of(EffectKind.CAPTURED, request, request.amount());
        long left = holding.orElseThrow().held() - call.amount().value();
        return call.last() && left > 0
                ? List.of(captured, released(request, left))
                : List.of(captured);
    }

    /** What a final capture frees beside what it takes. */
    static Effect released(Request capture, long left) {
        return Effect.of(
                EffectKind.RELEASED, capture, capture.amount().map(taken -> taken.with(left)));
    }

    private Effect refund(Call.Refund call, Request request) {
        return holding(call)
                .map(holding -> holding.refusesRefund(call.amount()))
                .orElse(Optional.of(DeclineCode.INVALID_STATE))
                .map(code -> Effect.declined(request, code))
                .orElseGet(() -> Effect.of(EffectKind.REFUNDED, request, request.amount()));
    }

    private Effect release(Call.Cancel call, Request request) {
        return holding(call)
                .filter(holding -> holding.refusesVoid().isEmpty())
                .map(holding -> holding.authorized().with(holding.held()))
                .map(freed -> Effect.of(EffectKind.VOIDED, request, Optional.of(freed)))
                .orElseGet(() -> Effect.declined(request, DeclineCode.INVALID_STATE));
    }

    /**
     * Undoes an authorisation and all that followed it. What had no effect, be it unseen, declined
     * or not processed, gets a tombstone: it has none and never will. Captures, voids and refunds
     * that took effect are not undone one by one.
     */
    private Effect reverse(Call.Reverse call, Request request) {
        var known = ledger.operation(call.original());
        boolean foreign =
                known.filter(o -> !o.request().account().equals(call.account())).isPresent();
        if (foreign) {
            return Effect.declined(request, DeclineCode.INVALID_STATE);
        }
        if (known.map(Judge::hadNoEffect).orElse(true)) {
            return Effect.of(EffectKind.TOMBSTONED, request, Optional.empty());
        }
        return ledger.holding(call.original())
                .map(holding -> holding.authorized().with(holding.undoable()))
                .map(undone -> Effect.of(EffectKind.REVERSED, request, Optional.of(undone)))
                .orElseGet(() -> Effect.declined(request, DeclineCode.INVALID_STATE));
    }

    private static boolean hadNoEffect(Operation operation) {
        return switch (operation.effect().kind()) {
            case DECLINED, NOT_PROCESSED -> true;
            case AUTHORIZED,
                    CAPTURED,
                    RELEASED,
                    VOIDED,
                    REFUNDED,
                    REFUND_RETURNED,
                    REVERSED,
                    TOMBSTONED ->
                    false;
        };
    }

    private Optional<Holding> holding(Call.FollowUp call) {
        return ledger.holding(call.original())
                .filter(holding -> holding.account().equals(call.account()));
    }
}
