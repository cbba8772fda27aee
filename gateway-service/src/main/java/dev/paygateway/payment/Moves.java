package dev.paygateway.payment;

import dev.paygateway.payment.Operation.Kind;
import dev.paygateway.payment.Operation.State;
import dev.paygateway.payment.OutcomeRules.Situation;
import dev.paygateway.payment.OutcomeRules.Step;
import dev.paygateway.payment.Payment.Route;
import java.util.List;
import java.util.Optional;

/** Writes the moves that {@link OutcomeRules} chooses as decisions. */
final class Moves {
    private final Ids ids;

    Moves(Ids ids) {
        this.ids = ids;
    }

    /** The operation has its final outcome, and the merchant an answer. */
    Step end(Situation s, Payment after, Operation operation) {
        var type =
                after.status() == s.payment().status()
                        ? type(operation)
                        : "payment." + after.status().code();
        return move(s, after, Touched.answering(List.of(operation), operation), type);
    }

    /** The acquirer refused a capture, void or refund: what it had reserved is free again. */
    Step refuse(Situation s, Payment released, Outcome.Refused refused) {
        return end(
                s,
                released.to(s.payment().status(), s.now()),
                s.operation().declined(refused.decline(), s.now()));
    }

    /** It provably did not happen. */
    Step fail(Situation s, Payment released) {
        return end(
                s,
                released.to(s.payment().status(), s.now()),
                s.operation().ended(State.FAILED, s.now()));
    }

    /** A refund that had succeeded came back; the answer given then stays what it was. */
    Step takeBack(Situation s, Payment returned) {
        var operation = s.operation().ended(State.FAILED, s.now());
        return move(
                s,
                returned.to(s.payment().status(), s.now()),
                Touched.only(operation),
                type(operation));
    }

    /** No answer: the payment says so, and recovery takes over. */
    Step silence(Situation s) {
        var operation = s.operation().awaited(s.nextWatch(), s.now());
        var isAuthorize = operation.order().kind() == Kind.AUTHORIZE;
        var status = isAuthorize ? Status.UNKNOWN : s.payment().status();
        return move(
                s,
                s.payment().to(status, s.now()),
                Touched.only(operation),
                isAuthorize ? "payment.unknown" : type(operation));
    }

    /** The first acquirer provably charged nothing: the same payment goes to the next. */
    Step reroute(Situation s, Operation ended) {
        var next = s.nextRoute().orElseThrow();
        var was = s.operation().order();
        var order =
                new Operation.Order(
                        was.payment(),
                        was.merchant(),
                        was.kind(),
                        was.resource(),
                        was.amount(),
                        was.last(),
                        was.reason(),
                        was.target(),
                        next,
                        was.key(),
                        was.requestId(),
                        was.sendUntil(),
                        s.now());
        var started = Operation.sent(ids.operation(), order);
        return move(
                s,
                s.payment().routed(new Route(next, started.id())).to(s.payment().status(), s.now()),
                Touched.starting(ended, started),
                "payment.rerouted");
    }

    /**
     * Undoes whatever the authorisation did; from here on the reversal is what recovery watches.
     */
    Step undo(Situation s) {
        var authorization = s.operation().awaited(s.operation().watch().over(), s.now());
        return move(
                s,
                s.payment().to(Status.UNKNOWN, s.now()),
                Touched.starting(authorization, reversal(s)),
                "reverse.sent");
    }

    /** The same for an approval that came after the payment was given up. */
    Step undoLate(Situation s, Outcome.Approved answer) {
        return move(
                s,
                s.payment().to(s.payment().status(), s.now()),
                Touched.starting(s.operation().approved(answer, s.now()), reversal(s)),
                "payment.late_success_reversed");
    }

    /** The reversal went through: proof of the payment's end. */
    Step undone(Situation s, Operation authorization, boolean hadEffect) {
        var isOwn = authorization.id().equals(s.operation().id());
        if (s.payment().status().isVoid()) {
            return end(
                    s,
                    s.payment().to(s.payment().status(), s.now()),
                    s.operation().ended(State.SUCCEEDED, s.now()));
        }
        var proved = authorization.ended(hadEffect ? State.SUCCEEDED : State.FAILED, s.now());
        var after = s.payment().closing().to(hadEffect ? Status.CANCELED : Status.FAILED, s.now());
        return move(
                s,
                after,
                Touched.answering(
                        isOwn
                                ? List.of(proved)
                                : List.of(s.operation().ended(State.SUCCEEDED, s.now()), proved),
                        proved),
                "payment." + after.status().code());
    }

    /** Only people can tell. */
    Step review(Situation s) {
        var operation = s.operation().ended(State.NEEDS_REVIEW, s.now());
        var decidesPayment =
                switch (operation.order().kind()) {
                    case AUTHORIZE, REVERSE -> !s.payment().status().isVoid();
                    case CAPTURE, VOID, REFUND -> false;
                };
        var status = decidesPayment ? Status.NEEDS_REVIEW : s.payment().status();
        return move(
                s,
                s.payment().to(status, s.now()),
                Touched.only(operation),
                decidesPayment ? "payment.needs_review" : type(operation));
    }

    private Operation reversal(Situation s) {
        var was = s.operation().order();
        var order =
                new Operation.Order(
                        was.payment(),
                        was.merchant(),
                        Kind.REVERSE,
                        Optional.of(ids.resource(Kind.REVERSE)),
                        was.amount(),
                        true,
                        Optional.empty(),
                        Optional.of(s.operation().id()),
                        was.acquirer(),
                        Optional.empty(),
                        was.payment().value(),
                        s.now().plus(CommandRules.SEND_WINDOW),
                        s.now());
        return Operation.sent(ids.operation(), order);
    }

    /** The operations that a move touches. */
    private record Touched(
            List<Operation> changed, Optional<Operation> started, Optional<Operation> answered) {
        static Touched only(Operation changed) {
            return new Touched(List.of(changed), Optional.empty(), Optional.empty());
        }

        static Touched starting(Operation changed, Operation started) {
            return new Touched(List.of(changed), Optional.of(started), Optional.empty());
        }

        static Touched answering(List<Operation> changed, Operation answered) {
            return new Touched(changed, Optional.empty(), Optional.of(answered));
        }
    }

    private Step move(Situation s, Payment after, Touched touched, String type) {
        return new Step.Move(
                new Decision(
                        Optional.empty(),
                        Optional.of(s.payment()),
                        after,
                        touched.changed(),
                        touched.started(),
                        new Decision.Event(ids.event(), type, s.operation().id()),
                        touched.answered()
                                .filter(operation -> operation.order().key().isPresent())));
    }

    private static String type(Operation operation) {
        return operation.order().kind().code() + "." + operation.state().code();
    }
}
