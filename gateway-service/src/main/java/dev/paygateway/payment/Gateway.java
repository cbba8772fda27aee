package dev.paygateway.payment;

import dev.paygateway.payment.CommandRules.Plan;
import dev.paygateway.payment.Operation.Kind;
import dev.paygateway.payment.OutcomeRules.Situation;
import dev.paygateway.payment.OutcomeRules.Step;
import dev.paygateway.payment.Store.Commit;
import java.time.Duration;
import java.util.Optional;

/**
 * Drives a payment along its path: first commit, acquirer, second commit. Each method runs to its
 * end on the caller's thread and holds neither transaction nor lock while an acquirer is asked.
 * Whatever dies in between, {@link #recover} ends.
 */
public final class Gateway {
    /** How often a decision is made anew because another commit of the payment came first. */
    private static final int DECISIONS_MAX = 12;

    private static final Duration DECISION_PAUSE = Duration.ofMillis(10);
    private static final Duration DECISION_PAUSE_MAX = Duration.ofMillis(320);

    /** A second acquirer is tried only if a whole try fits before the operation's limit. */
    private static final Duration TRY = Duration.ofMillis(2_500);

    private final Store store;
    private final Acquirer.Directory acquirers;
    private final Time time;
    private final CommandRules commands;
    private final OutcomeRules outcomes;

    /** A gateway in the named region. */
    public Gateway(Store store, Acquirer.Directory acquirers, Time time, Ids ids, String region) {
        this.store = store;
        this.acquirers = acquirers;
        this.time = time;
        this.commands = new CommandRules(ids, region);
        this.outcomes = new OutcomeRules(ids);
    }

    /** How a command was received. */
    public sealed interface Reply {
        /** Committed: it must now be sent or abandoned. */
        record Begun(Work work) implements Reply {}

        /** The key was used before; who used it, and for what. */
        record Held(Store.KeyHolder holder) implements Reply {}

        /** The key is taken by a request that cannot be seen here yet. */
        record HeldUnseen() implements Reply {}

        /** Not begun, for a reason that the merchant can mend. */
        record Refused(Refusal refusal) implements Reply {}

        /** Not begun; or an authorisation that is not provably begun, and is never sent. */
        record Unavailable(String why) implements Reply {}

        /**
         * Begun or not: where the commit turns up, recovery carries it out. What can be repeated at
         * the acquirer cannot be called off.
         */
        record Doubtful(String why) implements Reply {}
    }

    /** An operation that is committed and not sent yet. */
    public record Work(Payment payment, Operation operation) {}

    /** Where an operation and its payment stand after a step; final unless still open. */
    public record Settled(Payment payment, Operation operation) {}

    /** Begins a payment. */
    public Reply begin(Command.Pay pay) {
        var now = time.now();
        if (pay.card().isExpired(now)) {
            return heldOr(pay.claim(), new Refusal.ExpiredCard());
        }
        var route = acquirers.routes().stream().filter(Acquirer::isReachable).findFirst();
        if (route.isEmpty()) {
            return heldOr(pay.claim(), new Refusal.NoRoute());
        }
        var decision = commands.open(pay, route.get().name(), now);
        return switch (store.commit(decision)) {
            case Commit.Done _ -> begun(decision);
            case Commit.KeyTaken _ -> held(pay.claim());
            case Commit.ReferenceTaken(var holder) ->
                    new Reply.Refused(new Refusal.DuplicateReference(holder));
            case Commit.Stale _ -> new Reply.Unavailable("a new payment met one of its own id");
            case Commit.Refused(var why) -> new Reply.Unavailable(why);
            case Commit.Unconfirmed(var why) -> new Reply.Unavailable(why);
        };
    }

    /** What was begun before is answered again, whatever speaks against beginning it now. */
    private Reply heldOr(Claim claim, Refusal refusal) {
        return store.holder(claim.merchant(), claim.key())
                .<Reply>map(Reply.Held::new)
                .orElseGet(() -> new Reply.Refused(refusal));
    }

    /** Begins a capture, void or refund. */
    public Reply begin(Command.Change change) {
        var pause = DECISION_PAUSE;
        for (var tries = 0; tries < DECISIONS_MAX; tries++) {
            // The payment is read before the key: whatever a twin changed, its key is seen then.
            var payment =
                    store.payment(change.payment())
                            .filter(p -> p.terms().merchant().equals(change.claim().merchant()));
            var holder = store.holder(change.claim().merchant(), change.claim().key());
            if (holder.isPresent()) {
                return new Reply.Held(holder.get());
            }
            if (payment.isEmpty()) {
                return new Reply.Refused(new Refusal.NotFound());
            }
            var reply = begin(change, payment.get());
            if (reply.isPresent()) {
                return reply.get();
            }
            time.pause(pause);
            pause = longer(pause);
        }
        return new Reply.Unavailable("the payment is changed by others all the time");
    }

    /** Empty: another commit came first. */
    private Optional<Reply> begin(Command.Change change, Payment payment) {
        return switch (commands.change(change, payment, time.now())) {
            case Plan.Refuse(var refusal) -> Optional.of(new Reply.Refused(refusal));
            case Plan.Begin _ when !acquirers.named(payment.route().acquirer()).isReachable() ->
                    Optional.of(new Reply.Refused(new Refusal.NoRoute()));
            case Plan.Begin(var decision) ->
                    switch (store.commit(decision)) {
                        case Commit.Done _ -> Optional.of(begun(decision));
                        case Commit.KeyTaken _ -> Optional.of(held(change.claim()));
                        case Commit.Stale _ -> Optional.empty();
                        case Commit.ReferenceTaken(var holder) ->
                                Optional.of(
                                        new Reply.Refused(new Refusal.DuplicateReference(holder)));
                        case Commit.Refused(var why) -> Optional.of(new Reply.Unavailable(why));
                        case Commit.Unconfirmed(var why) -> Optional.of(new Reply.Doubtful(why));
                    };
        };
    }

    private static Reply begun(Decision decision) {
        return new Reply.Begun(new Work(decision.after(), decision.started().orElseThrow()));
    }

    private Reply held(Claim claim) {
        try {
            return store.holder(claim.merchant(), claim.key())
                    .<Reply>map(Reply.Held::new)
                    .orElseGet(Reply.HeldUnseen::new);
        } catch (Store.Unavailable _) {
            return new Reply.HeldUnseen(); // taken is known; by whom is not
        }
    }

    /** Sends an authorisation, to a second acquirer where the first provably charged nothing. */
    public Settled authorize(Work work, Acquirer.Instrument instrument) {
        var settled = new Settled(work.payment(), work.operation());
        for (var tried = 1; tried <= acquirers.routes().size(); tried++) {
            var sent = settled.operation();
            var outcome = acquirer(sent).authorize(sent, settled.payment(), instrument);
            settled = settle(settled, outcome, nextRoute(sent, tried));
            var isRerouted =
                    !settled.operation().id().equals(sent.id())
                            && settled.operation().order().kind() == Kind.AUTHORIZE;
            if (!isRerouted) {
                return settled;
            }
        }
        return settled;
    }

    /** Sends a capture, void or refund. */
    public Settled submit(Work work) {
        var outcome = acquirer(work.operation()).submit(work.operation(), work.payment());
        return settle(new Settled(work.payment(), work.operation()), outcome, Optional.empty());
    }

    /** Ends what was committed too late for its caller: it was never sent and never will be. */
    public Settled abandon(Work work) {
        return settle(
                new Settled(work.payment(), work.operation()),
                new Outcome.Unsent("committed after its caller had been refused"),
                Optional.empty());
    }

    /**
     * Takes one more step with an operation that recovery has leased. Never authorises. Fails with
     * {@link Store.Unavailable}.
     */
    public void recover(Operation leased) {
        var payment = store.payment(leased.order().payment()).orElseThrow();
        var settled = settle(new Settled(payment, leased), ask(payment, leased), Optional.empty());
        if (settled.operation().order().kind() == Kind.REVERSE
                && !settled.operation().id().equals(leased.id())) {
            submit(new Work(settled.payment(), settled.operation()));
        }
    }

    private Outcome ask(Payment payment, Operation operation) {
        var may = acquirer(operation).capabilities();
        var isRepeatable =
                operation.order().kind() != Kind.AUTHORIZE
                        && operation.isOpen()
                        && may.idempotentSend();
        if (isRepeatable) {
            return acquirer(operation).submit(operation, payment);
        }
        return may.inquiryByReference()
                ? acquirer(operation).inquire(operation, payment)
                : new Outcome.Silent("the acquirer answers no inquiries");
    }

    private Optional<String> nextRoute(Operation sent, int tried) {
        if (time.now().plus(TRY).isAfter(sent.order().sendUntil())) {
            return Optional.empty();
        }
        var names = acquirers.routes().stream().map(Acquirer::name).toList();
        return acquirers.routes().stream()
                .skip(names.indexOf(sent.order().acquirer()) + 1L)
                .limit(acquirers.routes().size() - (long) tried)
                .filter(Acquirer::isReachable)
                .map(Acquirer::name)
                .findFirst();
    }

    /** Commits what an outcome means; the result names the operation to be sent next, if any. */
    private Settled settle(Settled before, Outcome outcome, Optional<String> nextRoute) {
        var current = before;
        var pause = DECISION_PAUSE;
        try {
            for (var tries = 0; tries < DECISIONS_MAX; tries++) {
                var settled = take(current, outcomes.on(situation(current, outcome, nextRoute)));
                if (settled.isPresent()) {
                    return settled.get();
                }
                time.pause(pause);
                pause = longer(pause);
                current = reread(current);
                if (current.operation().fence() != before.operation().fence()) {
                    return current; // recovery has it now
                }
            }
        } catch (Store.Unavailable _) {
            return current; // recovery ends it once the database is back
        }
        return current;
    }

    /** Empty: another commit came first. */
    private Optional<Settled> take(Settled current, Step step) {
        return switch (step) {
            case Step.Nothing _ -> {
                var operation = current.operation();
                store.reschedule(operation.watched(operation.watch().over(), time.now()));
                yield Optional.of(current);
            }
            case Step.Wait(var operation) -> {
                store.reschedule(operation);
                yield Optional.of(new Settled(current.payment(), operation));
            }
            case Step.Move(var decision) ->
                    switch (store.commit(decision)) {
                        case Commit.Done _ -> Optional.of(result(decision, current.operation()));
                        case Commit.Stale _ -> Optional.empty();
                        // Recovery finds the operation still open and asks the acquirer.
                        case Commit.Refused _, Commit.Unconfirmed _ -> Optional.of(current);
                        case Commit.KeyTaken _, Commit.ReferenceTaken _ -> Optional.of(current);
                    };
        };
    }

    private static Settled result(Decision decision, Operation operation) {
        var own =
                decision.changed().stream()
                        .filter(changed -> changed.id().equals(operation.id()))
                        .findFirst();
        return new Settled(decision.after(), decision.started().or(() -> own).orElse(operation));
    }

    private Settled reread(Settled stale) {
        return new Settled(
                store.payment(stale.payment().id()).orElseThrow(),
                store.operation(stale.operation().id()).orElseThrow());
    }

    private Situation situation(Settled current, Outcome outcome, Optional<String> nextRoute) {
        var order = current.operation().order();
        var target =
                order.kind() == Kind.REVERSE
                        ? order.target().flatMap(store::operation)
                        : Optional.<Operation>empty();
        var may = acquirer(current.operation()).capabilities();
        return new Situation(
                current.payment(),
                current.operation(),
                target,
                outcome,
                time.now(),
                may.visibilityWindow(),
                may.reverseByReference(),
                nextRoute);
    }

    private Acquirer acquirer(Operation operation) {
        return acquirers.named(operation.order().acquirer());
    }

    private static Duration longer(Duration pause) {
        var doubled = pause.multipliedBy(2);
        return doubled.compareTo(DECISION_PAUSE_MAX) < 0 ? doubled : DECISION_PAUSE_MAX;
    }
}
