package dev.paygateway.payment;

import dev.paygateway.payment.Galera.Change;
import dev.paygateway.payment.Galera.Member;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The store as one region's service sees it: what {@code SqlStore} does, over the model. */
final class GaleraStore implements Store {
    private static final int TRIES_MAX = 5;
    private static final Duration TRIES_TIME_MAX = Duration.ofSeconds(3);
    private static final int DOUBT_TRIES_MAX = 20;
    private static final Duration DOUBT_TIME_MAX = Duration.ofSeconds(5);
    private static final Duration PAUSE_MIN = Duration.ofMillis(50);
    private static final Duration PAUSE_MAX = Duration.ofMillis(400);

    private final Galera galera;
    private final Member at;
    private final Time time;
    private final Bug bug;

    GaleraStore(Galera galera, Member at, Time time, Bug bug) {
        this.galera = galera;
        this.at = at;
        this.time = time;
        this.bug = bug;
    }

    private record Key(Merchant merchant, String key) {}

    private record Reference(Merchant merchant, String reference) {}

    private Change change(Decision decision) {
        return new Change(
                rows(decision),
                copy -> !copy.isWritten(decision) && copy.check(decision) instanceof Commit.Done,
                copy -> copy.apply(decision));
    }

    private List<Object> rows(Decision decision) {
        var after = decision.after();
        var rows = new ArrayList<>();
        if (bug != Bug.PARENT_NOT_WRITTEN || decision.started().isEmpty()) {
            rows.add(after.id());
        }
        decision.changed().forEach(operation -> rows.add(operation.id()));
        if (bug != Bug.KEY_UNIQUE_IN_ONE_REGION) {
            decision.claim().ifPresent(c -> rows.add(new Key(c.merchant(), c.key())));
        }
        var wasVoid = decision.before().map(before -> before.status().isVoid()).orElse(true);
        if (after.terms().uniqueReference() && wasVoid != after.status().isVoid()) {
            rows.add(new Reference(after.terms().merchant(), after.terms().reference()));
        }
        return rows;
    }

    @Override
    public Commit commit(Decision decision) {
        var change = change(decision);
        var isDoubtful = false;
        var until = time.now().plus(TRIES_TIME_MAX);
        var pause = PAUSE_MIN;
        for (var tries = TRIES_MAX; tries > 0 && time.now().isBefore(until); tries--) {
            var verdict = galera.commit(at, change);
            if (verdict == Verdict.UNKNOWN && !isDoubtful) {
                isDoubtful = true;
                tries = DOUBT_TRIES_MAX;
                until = time.now().plus(DOUBT_TIME_MAX);
            }
            var commit = judged(decision, verdict, isDoubtful);
            if (commit.isPresent()) {
                return commit.get();
            }
            time.pause(pause.plusMillis(galera.dice().nextInt(50)));
            pause = pause.compareTo(PAUSE_MAX) < 0 ? pause.multipliedBy(2) : PAUSE_MAX;
        }
        return isDoubtful ? new Commit.Unconfirmed("in doubt") : new Commit.Refused("no node");
    }

    /** Empty: try again. */
    private Optional<Commit> judged(Decision decision, Verdict verdict, boolean isDoubtful) {
        if (verdict == Verdict.COMMITTED
                || (verdict == Verdict.UNKNOWN && bug == Bug.LOST_COMMIT_MEANS_DONE)) {
            return Optional.of(new Commit.Done());
        }
        var refusal =
                verdict == Verdict.GUARDED
                        ? Optional.of(galera.copy(at).check(decision))
                        : Optional.<Commit>empty();
        var mayBeOurs = refusal.filter(each -> each instanceof Commit.ReferenceTaken).isPresent();
        return isDoubtful || mayBeOurs ? looked(decision, refusal) : refusal;
    }

    /** Whose event stands in the decision's place of the timeline. */
    private Optional<Commit> looked(Decision decision, Optional<Commit> refusal) {
        try {
            return galera.read(at, true, copy -> place(copy, decision)).or(() -> refusal);
        } catch (Unavailable _) {
            return Optional.empty();
        }
    }

    private static Optional<Commit> place(MemoryStore copy, Decision decision) {
        if (copy.isWritten(decision)) {
            return Optional.of(new Commit.Done());
        }
        var place = decision.after().version();
        var isTaken =
                copy.timeline(decision.after().id()).stream()
                        .anyMatch(line -> line.sequence() == place);
        return isTaken ? Optional.of(new Commit.Stale()) : Optional.empty();
    }

    @Override
    public Optional<Payment> payment(PaymentId id) {
        return galera.read(at, true, copy -> copy.payment(id));
    }

    @Override
    public Optional<Operation> operation(OperationId id) {
        return galera.read(at, true, copy -> copy.operation(id));
    }

    @Override
    public Optional<KeyHolder> holder(Merchant merchant, String key) {
        return galera.read(at, true, copy -> copy.holder(merchant, key));
    }

    @Override
    public List<OperationId> due(Instant now, int countMax) {
        return galera.read(at, false, copy -> copy.due(now, countMax));
    }

    @Override
    public Optional<Operation> lease(OperationId id, String owner, Instant now, Duration length) {
        var verdict =
                galera.commit(
                        at,
                        new Change(
                                List.of(id),
                                copy -> copy.due(now, Integer.MAX_VALUE).contains(id),
                                copy -> copy.lease(id, owner, now, length)));
        if (verdict != Verdict.COMMITTED) {
            return Optional.empty();
        }
        return galera.read(
                at,
                true,
                copy -> copy.operation(id).filter(_ -> copy.isLeased(id, owner, now.plus(length))));
    }

    @Override
    public void release(Operation leased, Instant again) {
        var verdict =
                galera.commit(
                        at,
                        new Change(
                                List.of(leased.id()),
                                copy -> isCurrent(copy, leased),
                                copy -> copy.release(leased, again)));
        if (verdict != Verdict.COMMITTED && verdict != Verdict.GUARDED) {
            throw new Unavailable(
                    "the lease is not released", new IllegalStateException(verdict.name()));
        }
    }

    @Override
    public boolean reschedule(Operation operation) {
        var change =
                new Change(
                        List.of(operation.id()),
                        copy -> isCurrent(copy, operation) && isInState(copy, operation),
                        copy -> copy.reschedule(operation));
        return galera.commit(at, change) == Verdict.COMMITTED;
    }

    private static boolean isCurrent(MemoryStore copy, Operation operation) {
        return copy.operation(operation.id())
                .filter(kept -> kept.fence() == operation.fence())
                .isPresent();
    }

    private static boolean isInState(MemoryStore copy, Operation operation) {
        return copy.operation(operation.id())
                .filter(kept -> kept.state() == operation.state())
                .isPresent();
    }
}
