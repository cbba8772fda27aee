package dev.paygateway.chaos.load;

import dev.paygateway.client.PaymentResult;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.HdrHistogram.ConcurrentHistogram;

/** Counts, from many threads. */
final class Tally {
    private static final long LATENCY_MAX_US = TimeUnit.MINUTES.toMicros(10);
    private static final int DIGITS = 3;

    private final Map<Count, LongAdder> counts = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> refusals = new ConcurrentHashMap<>();
    private final ConcurrentHistogram latency = new ConcurrentHistogram(LATENCY_MAX_US, DIGITS);

    /** What is counted; the words are {@link LoadResult}'s. */
    enum Count {
        PAYMENTS,
        ACKNOWLEDGED,
        APPROVED,
        DECLINED,
        NOT_PROCESSED,
        UNKNOWN_SEEN,
        FAILED,
        FAILED_ORDINARY,
        FIRST_TRY_FAILED,
        DISAGREEMENTS,
        /** Customers that ended by an exception: nobody knows what they left open. */
        BROKEN
    }

    void add(Count count) {
        counts.computeIfAbsent(count, _ -> new LongAdder()).increment();
    }

    /** Takes an {@link #add} back. */
    void take(Count count) {
        counts.computeIfAbsent(count, _ -> new LongAdder()).decrement();
    }

    long of(Count count) {
        var adder = counts.get(count);
        return adder == null ? 0 : adder.sum();
    }

    /** Any money request that ended. */
    void ended(PaymentResult result, Scribe scribe) {
        for (int answer = 0; answer < scribe.acknowledgements(); answer++) {
            add(Count.ACKNOWLEDGED);
        }
        if (scribe.unknownSeen()) {
            add(Count.UNKNOWN_SEEN);
        }
        if (result instanceof PaymentResult.Refused refused) {
            refusals.computeIfAbsent(refused.problem().code(), _ -> new LongAdder()).increment();
        }
    }

    /**
     * A payment that ended, once for each key.
     *
     * @param took since it should have arrived
     */
    void paid(SandboxCard card, PaymentResult result, Scribe scribe, Duration took) {
        add(Count.PAYMENTS);
        ended(result, scribe);
        if (scribe.firstTryFailed()) {
            add(Count.FIRST_TRY_FAILED);
        }
        switch (result) {
            case PaymentResult.Approved _ -> add(Count.APPROVED);
            case PaymentResult.Declined declined -> add(kind(declined));
            case PaymentResult.Refused _ -> {}
            case PaymentResult.Pending _, PaymentResult.Unreachable _ -> failed(card);
        }
        if (!card.faulty()) {
            latency.recordValue(Math.clamp(took.toNanos() / 1_000, 0, LATENCY_MAX_US));
        }
    }

    Map<String, Long> refusals() {
        return refusals.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().sum()));
    }

    LoadResult.Latency latency() {
        return new LoadResult.Latency(
                micros(latency.getValueAtPercentile(50)),
                micros(latency.getValueAtPercentile(99)),
                micros(latency.getMaxValue()));
    }

    private void failed(SandboxCard card) {
        add(Count.FAILED);
        if (!card.faulty()) {
            add(Count.FAILED_ORDINARY);
        }
    }

    private static Count kind(PaymentResult.Declined declined) {
        return switch (declined.problem().code()) {
            case "not_processed", "reversed" -> Count.NOT_PROCESSED;
            default -> Count.DECLINED;
        };
    }

    private static Duration micros(long value) {
        return Duration.of(value, TimeUnit.MICROSECONDS.toChronoUnit());
    }
}
