package dev.paygateway.idempotency;

import dev.paygateway.payment.Answer;
import dev.paygateway.payment.Claim;
import dev.paygateway.payment.OperationId;
import dev.paygateway.payment.PaymentId;
import dev.paygateway.payment.Store;
import dev.paygateway.payment.Store.KeyHolder;
import dev.paygateway.payment.Time;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/** Decides what a request means whose key was used before, and waits for its twin. */
public final class Idempotency {
    private static final Duration POLL_MIN = Duration.ofMillis(50);
    private static final Duration POLL_MAX = Duration.ofMillis(200);

    private final Store store;
    private final Time time;

    /** Reads keys from the given store. */
    public Idempotency(Store store, Time time) {
        this.store = store;
        this.time = time;
    }

    /** What to do about a key that is held. */
    public sealed interface Judgement {
        /** The same request, finished: the answer that it got. */
        record Replay(PaymentId payment, Answer answer) implements Judgement {}

        /** The same request, under way. */
        record Join(PaymentId payment, OperationId operation) implements Judgement {}

        /**
         * Another request.
         *
         * @param fields what differs, by name
         */
        record Reused(List<String> fields) implements Judgement {
            public Reused {
                fields = List.copyOf(fields);
            }
        }
    }

    /** Compares a request with the one that holds its key. */
    public Judgement judge(KeyHolder holder, Claim mine) {
        var differing = differing(holder.claim().fingerprint(), mine.fingerprint());
        if (!differing.isEmpty()) {
            return new Judgement.Reused(differing);
        }
        return holder.answer()
                .<Judgement>map(answer -> new Judgement.Replay(holder.payment(), answer))
                .orElseGet(() -> new Judgement.Join(holder.payment(), holder.operation()));
    }

    private static List<String> differing(Map<String, String> held, Map<String, String> mine) {
        var names = new TreeSet<>(held.keySet());
        names.addAll(mine.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(held.get(name), mine.get(name)))
                .toList();
    }

    /** Waits for the answer to the request that holds the key; none if it takes longer. */
    public Optional<Answer> await(Claim claim, Duration longest) {
        var end = time.now().plus(longest);
        var pause = POLL_MIN;
        while (true) {
            var answer = answer(claim);
            var left = Duration.between(time.now(), end);
            if (answer.isPresent()
                    || !left.isPositive()
                    || Thread.currentThread().isInterrupted()) {
                return answer;
            }
            time.pause(shorter(pause, left));
            pause = shorter(pause.multipliedBy(2), POLL_MAX);
        }
    }

    /** The answer kept for the key, if it is finished and can be read now. */
    public Optional<Answer> answer(Claim claim) {
        try {
            return store.holder(claim.merchant(), claim.key()).flatMap(KeyHolder::answer);
        } catch (Store.Unavailable _) {
            return Optional.empty();
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
