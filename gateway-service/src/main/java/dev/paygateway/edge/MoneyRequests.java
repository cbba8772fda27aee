package dev.paygateway.edge;

import dev.paygateway.idempotency.Idempotency;
import dev.paygateway.idempotency.Idempotency.Judgement;
import dev.paygateway.payment.Answer;
import dev.paygateway.payment.Claim;
import dev.paygateway.payment.Command;
import dev.paygateway.payment.Gateway;
import dev.paygateway.payment.Gateway.Reply;
import dev.paygateway.payment.Gateway.Settled;
import dev.paygateway.payment.Gateway.Work;
import dev.paygateway.payment.Operation;
import dev.paygateway.payment.Payment;
import dev.paygateway.payment.PaymentId;
import dev.paygateway.payment.Payments;
import dev.paygateway.payment.Store;
import dev.paygateway.payment.Time;
import dev.paygateway.resource.Admission;
import dev.paygateway.resource.Holdings;
import dev.paygateway.resource.Permits;
import dev.paygateway.resource.Permits.Permit;
import dev.paygateway.resource.Taken;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves requests that move money. The work runs on a thread of its own to its end, whatever
 * becomes of the caller; the caller's thread waits for it as long as the caller wishes.
 *
 * <p>Until the first commit is confirmed, the caller may still be told "no": {@link Handoff} makes
 * sure that nothing is sent then. From there on every answer is the payment: there is no 5xx.
 */
final class MoneyRequests implements AutoCloseable {
    /** Longer than any work behind an answer, shorter than the 25 s after SIGTERM. */
    private static final Duration END_WAIT = Duration.ofSeconds(24);

    /** The first commit's, its wait for a session included; callers give up after 1.8 s. */
    private static final Duration BEGIN_TIME = Duration.ofMillis(500);

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(MoneyRequests.class);

    private final Parts parts;
    private final Refusals refusals;
    private final Permits inFlight;
    private final Admission beginning;
    private final UsedKeys used;
    private final ExecutorService workers =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("money-", 0).factory());

    MoneyRequests(Parts parts, UsedKeys used, int inFlightMax) {
        this.parts = parts;
        this.used = used;
        this.refusals = new Refusals(parts.rendering());
        this.inFlight = new Permits(Holdings.ofProcess(), "request", inFlightMax);
        this.beginning =
                new Admission(Holdings.ofProcess(), "first commit", inFlightMax, BEGIN_TIME);
    }

    /** What the requests are served with. */
    record Parts(
            Gateway gateway,
            Payments payments,
            Idempotency idempotency,
            JsonRendering rendering,
            Time time,
            Gates gates) {}

    /** What is asked before anything is begun. */
    record Gates(Draining draining, Fenced fenced) {}

    /**
     * A command, and how it is sent once it is committed.
     *
     * @param preference how long its caller waits
     */
    record Call(Command command, Function<Work, Settled> send, Preference preference) {
        Claim claim() {
            return command.claim();
        }
    }

    /**
     * What the caller is told.
     *
     * @param isReplay the key had been used before
     */
    record Told(Answer answer, Optional<PaymentId> payment, boolean isReplay) {}

    /** Serves one call; fails with a {@link Rejection} if it was not begun. */
    Told serve(Call call) {
        if (parts.gates().draining().isDraining()) {
            throw refused(Code.DRAINING, "This instance is going away; repeat the request.");
        }
        if (parts.gates().fenced().isFenced()) {
            throw refused(
                    Code.DATABASE_UNAVAILABLE,
                    "This region cannot store requests now; nothing was begun.");
        }
        var run = new Run(call, parts.time().now());
        try (var permit = inFlight.take(Duration.ZERO)) {
            return run.told(begun(run, permit));
        } catch (Taken _) {
            throw refused(Code.OVERLOADED, "Too many requests are under way; repeat it later.");
        }
    }

    /** How many calls may be on their way to their first commit at once. */
    int beginningLimit() {
        return beginning.limit();
    }

    private Reply begun(Run run, Permit permit) throws Taken {
        try (var place = beginning.enter()) {
            permit.share(workers, run::work);
            var reply = run.reply();
            if (!(reply instanceof Reply.Unavailable)) {
                place.done();
            }
            return reply;
        }
    }

    private static Rejection refused(Code code, String detail) {
        return new Rejection(Problem.of(code, detail).after(SOON));
    }

    /** Waits for the work in hand; new calls are refused meanwhile by the server's own stop. */
    @Override
    public void close() {
        if (!inFlight.drain(END_WAIT)) {
            LOG.warn("stopped with requests under way; recovery ends them");
        }
        workers.shutdown();
    }

    /** One call from both sides: the thread that works, and the thread that waits. */
    private final class Run {
        private final Call call;
        private final Instant start;
        private final Handoff handoff = new Handoff();
        private final CompletableFuture<Reply> begun = new CompletableFuture<>();
        private final CompletableFuture<Settled> settled = new CompletableFuture<>();

        Run(Call call, Instant start) {
            this.call = call;
            this.start = start;
        }

        void work() {
            try {
                var reply = begin();
                if (!(reply instanceof Reply.Begun(var work))) {
                    begun.complete(reply);
                } else if (handoff.take()) {
                    used.add(call.claim());
                    begun.complete(reply);
                    settled.complete(call.send().apply(work));
                } else {
                    parts.gateway().abandon(work);
                }
            } catch (RuntimeException failure) {
                LOG.error("request {} broke off", call.command().requestId(), failure);
                begun.completeExceptionally(failure);
                settled.completeExceptionally(failure);
            }
        }

        private Reply begin() {
            try {
                return switch (call.command()) {
                    case Command.Pay pay -> parts.gateway().begin(pay);
                    case Command.Change change -> parts.gateway().begin(change);
                };
            } catch (Store.Unavailable failure) {
                return new Reply.Unavailable("the database cannot be reached: " + failure);
            }
        }

        Told told(Reply reply) {
            return switch (reply) {
                case Reply.Begun(var work) -> began(work);
                case Reply.Held(var holder) -> held(holder);
                case Reply.HeldUnseen _ ->
                        throw new Rejection(
                                Problem.of(
                                                Code.IDEMPOTENCY_IN_PROGRESS,
                                                "Another request with this key is under way.")
                                        .at("Idempotency-Key")
                                        .after(SOON));
                case Reply.Refused(var refusal) -> throw new Rejection(refusals.problem(refusal));
                case Reply.Unavailable _ -> throw unavailable();
                case Reply.Doubtful _ -> throw doubtful();
            };
        }

        Reply reply() {
            try {
                var reply = within(begun, call.preference().forCommit());
                if (reply.isPresent()) {
                    return reply.get();
                }
                if (handoff.withdraw()) {
                    throw withdrawn();
                }
                return begun.join();
            } catch (CompletionException _) {
                throw withdrawn();
            }
        }

        private Rejection unavailable() {
            return refused(
                    Code.DATABASE_UNAVAILABLE,
                    "The request could not be stored in time and will never be sent.");
        }

        /** The first commit is still under way. */
        private Rejection withdrawn() {
            return switch (call.command()) {
                case Command.Pay _ -> unavailable();
                case Command.Change _ -> doubtful();
            };
        }

        /** Recovery carries out what was stored after all. */
        private Rejection doubtful() {
            return new Rejection(
                    Problem.of(
                                    Code.DATABASE_UNAVAILABLE,
                                    "The request may or may not have been stored. Repeat it with"
                                            + " the same key.")
                            .after(SOON)
                            .perhapsMoved());
        }

        private Told began(Work work) {
            try {
                return within(settled, call.preference().forAnswer())
                        .map(this::told)
                        .orElseGet(() -> accepted(work.payment(), false));
            } catch (CompletionException _) {
                return accepted(work.payment(), false);
            }
        }

        /** The bytes are those that the store kept: see {@link #isEndedHere}. */
        private Told told(Settled end) {
            var payment = end.payment();
            var answer =
                    isEndedHere(end.operation())
                            ? Optional.of(parts.rendering().answer(payment, end.operation()))
                            : parts.idempotency().answer(call.claim());
            return answer.map(told -> new Told(told, Optional.of(payment.id()), false))
                    .orElseGet(() -> accepted(payment, false));
        }

        /**
         * True if the decision that ended the operation was committed by this very call: recovery,
         * which is the only other that ends operations, never does without raising the fence.
         */
        private static boolean isEndedHere(Operation operation) {
            return switch (operation.state()) {
                case SUCCEEDED, DECLINED, FAILED -> operation.fence() == 0;
                case SENT, UNKNOWN, NEEDS_REVIEW -> false;
            };
        }

        private Told held(Store.KeyHolder holder) {
            used.add(call.claim());
            return switch (parts.idempotency().judge(holder, call.claim())) {
                case Judgement.Replay(var payment, var answer) ->
                        new Told(answer, Optional.of(payment), true);
                case Judgement.Reused(var fields) ->
                        throw new Rejection(
                                Problem.of(
                                                Code.IDEMPOTENCY_KEY_REUSED,
                                                "Another request was made under this key; they"
                                                        + " differ in: %s."
                                                                .formatted(
                                                                        String.join(", ", fields)))
                                        .at("Idempotency-Key")
                                        .differingIn(fields));
                case Judgement.Join(var payment, _) -> joined(payment);
            };
        }

        private Told joined(PaymentId id) {
            return parts.idempotency()
                    .await(call.claim(), left(call.preference().forAnswer()))
                    .map(answer -> new Told(answer, Optional.of(id), true))
                    .orElseGet(() -> accepted(current(id), true));
        }

        /** What the twin has done cannot be denied, even if it cannot be read now. */
        private Payment current(PaymentId id) {
            try {
                return parts.payments().find(call.claim().merchant(), id).orElseThrow();
            } catch (Store.Unavailable _) {
                throw new Rejection(unavailable().problem().perhapsMoved());
            }
        }

        private Told accepted(Payment payment, boolean isReplay) {
            var body =
                    switch (call.command()) {
                        case Command.Pay _ -> parts.rendering().snapshot(payment);
                        case Command.Change _ -> parts.rendering().changing(payment);
                    };
            return new Told(new Answer(202, body), Optional.of(payment.id()), isReplay);
        }

        private <T> Optional<T> within(CompletableFuture<T> future, Duration wait) {
            try {
                return Optional.of(future.get(left(wait).toMillis(), TimeUnit.MILLISECONDS));
            } catch (TimeoutException _) {
                return Optional.empty();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            } catch (ExecutionException failure) {
                throw new CompletionException(failure.getCause());
            }
        }

        /** Of a wait that began with the call; a clock that was set back does not prolong it. */
        private Duration left(Duration wait) {
            var passed = Duration.between(start, parts.time().now());
            var left = passed.isNegative() ? wait : wait.minus(passed);
            return left.isNegative() ? Duration.ZERO : left;
        }
    }
}
