package dev.paygateway.chaos.load;

import dev.paygateway.client.IdempotencyKey;
import dev.paygateway.client.MoneyMoved;
import dev.paygateway.client.Payment;
import dev.paygateway.client.PaymentResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/** Everything that has to be looked at once more before a run may end. */
final class OpenMatters {
    private final ConcurrentMap<IdempotencyKey, Paid> payments = new ConcurrentHashMap<>();
    private final ConcurrentMap<IdempotencyKey, Repeat> operations = new ConcurrentHashMap<>();

    /**
     * A payment that was asked for.
     *
     * @param id absent while no answer named it
     * @param askedNanos when the last request for it ended
     */
    record Paid(Desk desk, IdempotencyKey key, Optional<String> id, long askedNanos) {}

    /**
     * A capture, void or refund without a final answer.
     *
     * @param again the same request with the same key
     */
    record Repeat(IdempotencyKey key, Supplier<PaymentResult> again) {}

    /** Notes a payment unless it was refused for good; one key is one matter. */
    void paid(Desk desk, IdempotencyKey key, PaymentResult result, long nowNanos) {
        if (result instanceof PaymentResult.Refused && result.moneyMoved() != MoneyMoved.UNKNOWN) {
            return;
        }
        var id = result.payment().map(Payment::id);
        payments.merge(
                key,
                new Paid(desk, key, id, nowNanos),
                (old, now) -> now.id().isPresent() || old.id().isEmpty() ? now : old);
    }

    /** Notes an operation if its end is not known. */
    void operated(IdempotencyKey key, PaymentResult result, Supplier<PaymentResult> again) {
        switch (result) {
            case PaymentResult.Pending _, PaymentResult.Unreachable _ ->
                    operations.put(key, new Repeat(key, again));
            case PaymentResult.Approved _, PaymentResult.Declined _, PaymentResult.Refused _ ->
                    operations.remove(key);
        }
    }

    List<Paid> payments() {
        return new ArrayList<>(payments.values());
    }

    List<Repeat> operations() {
        return new ArrayList<>(operations.values());
    }
}
