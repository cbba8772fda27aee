package dev.paygateway.chaos.load;

import dev.paygateway.client.IdempotencyKey;
import dev.paygateway.client.Money;
import dev.paygateway.client.Payment;
import dev.paygateway.client.PaymentRequest;
import dev.paygateway.client.PaymentResult;
import dev.paygateway.client.ReadResult;
import dev.paygateway.client.RefundRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/**
 * Payments with more refunds at once than there is money: the gateway must give back what was
 * captured and not a unit more.
 */
public final class Refunds {
    /** Six refunds of a quarter each ask for one and a half times the capture. */
    private static final int AT_ONCE = 6;

    private static final Money PRICE = Money.of(4_000, "EUR");
    private static final Money PART = Money.of(1_000, "EUR");
    private static final Duration READ_BOUND = Duration.ofSeconds(30);

    private final Site site;
    private final History history;
    private final String keyPrefix;

    /**
     * What the refunds showed.
     *
     * @param over payments with more refunded than captured, by answers or by the last read
     * @param unequal payments whose last read differs from the sum of the refunds answered ok
     * @param open payments that were not approved, or with a refund that got no final answer
     */
    public record Verdict(
            int payments,
            int approvedRefunds,
            int refusedRefunds,
            int over,
            int unequal,
            int open) {
        public boolean passed() {
            return over == 0 && unequal == 0 && open == 0;
        }
    }

    /** One payment's view; amounts in minor units. */
    private record View(int approved, int refused, long captured, long refunded, boolean ended) {
        long answered() {
            return approved * PART.value();
        }
    }

    private Refunds(Site site, History history, String keyPrefix) {
        this.site = site;
        this.history = history;
        this.keyPrefix = keyPrefix;
    }

    /** Runs them and writes a history. */
    public static Verdict run(Site site, Batch batch) {
        try (var history = History.create(batch.history())) {
            var prefix = LoadRun.keyPrefix("refunds");
            history.write(batch.heading(prefix));
            var refunds = new Refunds(site, history, prefix);
            var views = batch.play(refunds::payment);
            history.write(Headings.last());
            return verdict(views);
        }
    }

    private static Verdict verdict(List<View> views) {
        return new Verdict(
                views.size(),
                views.stream().mapToInt(View::approved).sum(),
                views.stream().mapToInt(View::refused).sum(),
                (int)
                        views.stream()
                                .filter(view ->
                                        Math.max(view.refunded(), view.answered())
                                                > view.captured())
                                .count(),
                (int)
                        views.stream()
                                .filter(view -> view.ended())
                                .filter(view -> view.refunded() != view.answered())
                                .count(),
                (int) views.stream().filter(view -> !view.ended()).count());
    }

    private View payment(int number) {
        var key = IdempotencyKey.of("%s-%06d".formatted(keyPrefix, number));
        var desk = desk(number, 0);
        var paid =
                desk.pay(PaymentRequest.of(PRICE, key.value(), SandboxCard.OK.card()), key)
                        .result();
        if (!(paid instanceof PaymentResult.Approved) || paid.payment().isEmpty()) {
            return new View(0, 0, 0, 0, false);
        }
        var id = paid.payment().get().id();
        var start = new CountDownLatch(AT_ONCE);
        var results =
                Together.all(
                        IntStream.range(0, AT_ONCE)
                                .mapToObj(part ->
                                        Together.task(() -> refund(number, part, id, start)))
                                .toList());
        return view(results, desk.get(id, READ_BOUND));
    }

    private PaymentResult refund(int number, int part, String payment, CountDownLatch start) {
        Together.meet(start);
        var key = IdempotencyKey.of("%s-%06d-r%d".formatted(keyPrefix, number, part));
        return desk(number, part).refund(payment, RefundRequest.of(PART), key).result();
    }

    private Desk desk(int number, int part) {
        return new Desk(
                site.merchants().get(number % site.merchants().size()),
                history,
                number * AT_ONCE + part,
                site.address(number + part),
                true);
    }

    private static View view(List<PaymentResult> results, ReadResult<Payment> last) {
        int approved = 0;
        int refused = 0;
        for (var result : results) {
            switch (result) {
                case PaymentResult.Approved _ -> approved++;
                case PaymentResult.Refused _, PaymentResult.Declined _ -> refused++;
                case PaymentResult.Pending _, PaymentResult.Unreachable _ -> {}
            }
        }
        boolean all = approved + refused == AT_ONCE;
        return switch (last) {
            case ReadResult.Found<Payment>(var now) ->
                    new View(approved, refused, now.captured(), now.refunded(), all);
            case ReadResult.Missing<Payment> _,
                    ReadResult.Refused<Payment> _,
                    ReadResult.Unreachable<Payment> _ ->
                    new View(approved, refused, PRICE.value(), 0, false);
        };
    }
}
