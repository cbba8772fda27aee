package dev.paygateway.payment;

import dev.paygateway.payment.Operation.Kind;
import dev.paygateway.payment.Operation.State;
import dev.paygateway.payment.Operation.Watch;
import dev.paygateway.payment.Outcome.Approved;
import dev.paygateway.payment.Outcome.Contradicted;
import dev.paygateway.payment.Outcome.NotFound;
import dev.paygateway.payment.Outcome.Refused;
import dev.paygateway.payment.Outcome.Returned;
import dev.paygateway.payment.Outcome.Silent;
import dev.paygateway.payment.Outcome.Undone;
import dev.paygateway.payment.Outcome.Unsent;
import dev.paygateway.payment.Payment.CaptureMode;
import dev.paygateway.payment.Payment.OnUnknown;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides what an outcome means for a payment: the table of legal moves. A status or an outcome
 * that stands in no row does not compile. Values in, values out.
 */
final class OutcomeRules {
    /** "Not found" is believed when it was said this often, the last time past the window. */
    private static final int NOT_FOUND_MIN = 2;

    private final Moves moves;

    OutcomeRules(Ids ids) {
        this.moves = new Moves(ids);
    }

    /**
     * An outcome, and all that bears on its meaning.
     *
     * @param target the authorisation that a reversal undoes; none for other operations
     * @param visibilityWindow the acquirer's
     * @param canReverse whether the acquirer takes a reversal by our reference
     * @param nextRoute another acquirer that may still be tried
     */
    record Situation(
            Payment payment,
            Operation operation,
            Optional<Operation> target,
            Outcome outcome,
            Instant now,
            Duration visibilityWindow,
            boolean canReverse,
            Optional<String> nextRoute) {

        /** Recovery has never had this operation: nothing but this call can have sent it. */
        boolean isFirstHand() {
            return operation.state() == State.SENT && operation.fence() == 0;
        }

        /**
         * Not known there; or the repeat, or the question, was turned away before anybody looked,
         * which says nothing about the tries before it.
         */
        boolean isMissing() {
            return outcome instanceof NotFound
                    || (outcome instanceof Refused refused
                            && refused.elsewhere()
                            && !isFirstHand());
        }

        Watch nextWatch() {
            if (isMissing()) {
                var second = RecoverySchedule.whenMissing(operation, visibilityWindow, now);
                return operation.watch().missed().again(second);
            }
            return operation
                    .watch()
                    .again(
                            (outcome instanceof Unsent || outcome instanceof Silent)
                                            && !isFirstHand()
                                    ? RecoverySchedule.whenReachable(operation, now)
                                    : RecoverySchedule.next(operation, visibilityWindow, now));
        }
    }

    /** What to do about it. */
    sealed interface Step {
        /** Commit this. */
        record Move(Decision decision) implements Step {}

        /** Nothing learnt: look again when this copy of the operation says. */
        record Wait(Operation operation) implements Step {}

        /** It is settled already. */
        record Nothing() implements Step {}
    }

    Step on(Situation s) {
        var operation = s.operation();
        return switch (operation.state()) {
            case SENT, UNKNOWN -> open(s);
            case SUCCEEDED ->
                    operation.order().kind() == Kind.REFUND ? refunded(s) : new Step.Nothing();
            case DECLINED, FAILED ->
                    operation.order().kind() == Kind.AUTHORIZE && s.payment().status().isVoid()
                            ? late(s)
                            : new Step.Nothing();
            case NEEDS_REVIEW -> new Step.Nothing();
        };
    }

    private Step open(Situation s) {
        return switch (s.operation().order().kind()) {
            case AUTHORIZE -> authorize(s);
            case CAPTURE -> capture(s);
            case VOID -> release(s);
            case REFUND -> refund(s);
            case REVERSE -> reverse(s);
        };
    }

    private Step authorize(Situation s) {
        return switch (s.payment().status()) {
            case PROCESSING, UNKNOWN -> undecided(s);
            case CANCELED, FAILED, DECLINED, EXPIRED -> late(s);
            case REQUIRES_ACTION, AUTHORIZED, PARTIALLY_CAPTURED, CAPTURED, NEEDS_REVIEW ->
                    new Step.Nothing();
        };
    }

    private Step undecided(Situation s) {
        return switch (s.outcome()) {
            case Approved _ when mustUndo(s) -> undo(s);
            case Approved answer -> approve(s, answer);
            case Refused _ when s.isMissing() -> missing(s);
            case Refused refused when refused.elsewhere() && s.nextRoute().isPresent() ->
                    moves.reroute(s, s.operation().declined(refused.decline(), s.now()));
            case Refused refused when refused.elsewhere() ->
                    moves.end(
                            s,
                            s.payment().to(Status.FAILED, s.now()),
                            s.operation().declined(refused.decline(), s.now()));
            case Refused refused ->
                    moves.end(
                            s,
                            s.payment().with(refused.decline()).to(Status.DECLINED, s.now()),
                            s.operation().declined(refused.decline(), s.now()));
            case Unsent _ when s.isFirstHand() && s.nextRoute().isPresent() ->
                    moves.reroute(s, s.operation().ended(State.FAILED, s.now()));
            case Unsent _ when s.isFirstHand() ->
                    moves.end(
                            s,
                            s.payment().to(Status.FAILED, s.now()),
                            s.operation().ended(State.FAILED, s.now()));
            case NotFound _ -> missing(s);
            case Unsent _, Silent _ -> await(s);
            case Undone undone -> moves.undone(s, s.operation(), undone.hadEffect());
            case Returned _, Contradicted _ -> moves.review(s);
        };
    }

    private Step approve(Situation s, Approved answer) {
        var asked = s.payment().terms().asked();
        var isSale = s.payment().terms().captureMode() == CaptureMode.AUTOMATIC;
        var amounts = s.payment().amounts();
        var after =
                s.payment()
                        .with(isSale ? amounts.sold(asked) : amounts.authorizing(asked))
                        .to(isSale ? Status.CAPTURED : Status.AUTHORIZED, s.now());
        return moves.end(s, after, s.operation().approved(answer, s.now()));
    }

    /** The merchant wanted no approval after a silence, or none this late. */
    private static boolean mustUndo(Situation s) {
        var terms = s.payment().terms();
        var wasSilent =
                s.payment().status() == Status.UNKNOWN
                        || !s.now().isBefore(s.operation().order().sendUntil());
        return wasSilent
                && (terms.onUnknown() == OnUnknown.REVERSE
                        || s.now().isAfter(terms.unknownDeadline()));
    }

    private Step missing(Situation s) {
        return isBelieved(s) ? undo(s) : await(s);
    }

    private static boolean isBelieved(Situation s) {
        var visibleBy = s.operation().order().sendUntil().plus(s.visibilityWindow());
        return s.payment().status() == Status.UNKNOWN
                && s.operation().watch().notFound() + 1 >= NOT_FOUND_MIN
                && !s.now().isBefore(visibleBy);
    }

    /** An approval for a payment that was given up: the status stays, the money goes back. */
    private Step late(Situation s) {
        if (!(s.outcome() instanceof Approved answer)) {
            return new Step.Nothing();
        }
        return s.canReverse() ? moves.undoLate(s, answer) : moves.review(s);
    }

    /** What an acquirer has no reversal for, people have to undo there. */
    private Step undo(Situation s) {
        return s.canReverse() ? moves.undo(s) : moves.review(s);
    }

    private Step capture(Situation s) {
        var amount = s.operation().order().amount();
        var released = s.payment().with(s.payment().amounts().releasingCapture(amount)).closing();
        return switch (s.outcome()) {
            case Approved answer -> {
                var taken = s.payment().amounts().capturing(amount);
                var amounts = s.operation().order().last() ? taken.releasingHold() : taken;
                var status =
                        amounts.capturable().isZero() ? Status.CAPTURED : Status.PARTIALLY_CAPTURED;
                yield moves.end(
                        s,
                        s.payment().with(amounts).closing().to(status, s.now()),
                        s.operation().approved(answer, s.now()));
            }
            case Refused _ when s.isMissing() -> await(s);
            case Refused refused -> moves.refuse(s, released, refused);
            case Unsent _ when s.isFirstHand() -> moves.fail(s, released);
            case Unsent _, Silent _, NotFound _ -> await(s);
            case Undone _, Returned _, Contradicted _ -> moves.review(s);
        };
    }

    private Step release(Situation s) {
        var kept = s.payment().closing();
        return switch (s.outcome()) {
            case Approved answer -> {
                var amounts = s.payment().amounts().releasingHold();
                var status = amounts.captured().isZero() ? Status.CANCELED : Status.CAPTURED;
                yield moves.end(
                        s,
                        kept.with(amounts).to(status, s.now()),
                        s.operation().approved(answer, s.now()));
            }
            case Refused _ when s.isMissing() -> await(s);
            case Refused refused -> moves.refuse(s, kept, refused);
            case Unsent _ when s.isFirstHand() -> moves.fail(s, kept);
            case Unsent _, Silent _, NotFound _ -> await(s);
            case Undone _, Returned _, Contradicted _ -> moves.review(s);
        };
    }

    private Step refund(Situation s) {
        var amount = s.operation().order().amount();
        var released = s.payment().with(s.payment().amounts().releasingRefund(amount));
        return switch (s.outcome()) {
            case Approved answer ->
                    moves.end(
                            s,
                            s.payment()
                                    .with(s.payment().amounts().refunding(amount))
                                    .to(s.payment().status(), s.now()),
                            s.operation().approved(answer, s.now()));
            case Refused _ when s.isMissing() -> await(s);
            case Refused refused -> moves.refuse(s, released, refused);
            case Unsent _ when s.isFirstHand() -> moves.fail(s, released);
            case Returned _ -> moves.fail(s, released);
            case Unsent _, Silent _, NotFound _ -> await(s);
            case Undone _, Contradicted _ -> moves.review(s);
        };
    }

    /** A refund that the acquirer called provisional is looked at until it is final. */
    private Step refunded(Situation s) {
        var returned =
                s.payment()
                        .with(
                                s.payment()
                                        .amounts()
                                        .returningRefund(s.operation().order().amount()));
        return switch (s.outcome()) {
            case Returned _ -> moves.takeBack(s, returned);
            case Approved answer when answer.provisional().isEmpty() ->
                    new Step.Wait(s.operation().watched(s.operation().watch().over(), s.now()));
            case Approved _, Refused _, Unsent _, Silent _, NotFound _, Undone _, Contradicted _ ->
                    new Step.Wait(
                            s.operation()
                                    .watched(
                                            RecoverySchedule.isHopeless(s.operation(), s.now())
                                                    ? s.operation().watch().over()
                                                    : s.nextWatch(),
                                            s.now()));
        };
    }

    private Step reverse(Situation s) {
        return switch (s.outcome()) {
            case Undone undone -> moves.undone(s, s.target().orElseThrow(), undone.hadEffect());
            case Refused refused when refused.elsewhere() -> await(s);
            case Unsent _, Silent _, NotFound _ -> await(s);
            case Approved _, Refused _, Returned _, Contradicted _ -> moves.review(s);
        };
    }

    private Step await(Situation s) {
        if (s.operation().state() == State.SENT) {
            return moves.silence(s);
        }
        return RecoverySchedule.isHopeless(s.operation(), s.now())
                ? moves.review(s)
                : new Step.Wait(s.operation().watched(s.nextWatch(), s.now()));
    }
}
