package dev.paygateway.chaos.load;

import dev.paygateway.client.IdempotencyKey;
import dev.paygateway.client.Money;
import dev.paygateway.client.PaymentRequest;
import dev.paygateway.client.PaymentResult;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/** Many clients, one key, at the same moment, over all instances: one payment, one answer. */
public final class Races {
    private static final Money PRICE = Money.of(1_099, "EUR");
    private static final int ASKED_AGAIN_MAX = 3;

    private final Site site;
    private final History history;
    private final String keyPrefix;
    private final int clients;

    /**
     * What the races showed.
     *
     * @param divided races that led to more than one payment
     * @param different races whose final answers were not the same bytes
     * @param open races of which some client got no final answer
     */
    public record Verdict(int races, int clients, int divided, int different, int open) {
        public boolean passed() {
            return divided == 0 && different == 0 && open == 0;
        }
    }

    /** One client's view. */
    private record View(Set<String> payments, Set<String> digests, boolean ended) {}

    private Races(Site site, History history, String keyPrefix, int clients) {
        this.site = site;
        this.history = history;
        this.keyPrefix = keyPrefix;
        this.clients = clients;
    }

    /**
     * Runs them and writes a history.
     *
     * @param clients in each race
     */
    public static Verdict run(Site site, Batch batch, int clients) {
        try (var history = History.create(batch.history())) {
            var prefix = LoadRun.keyPrefix("race");
            history.write(batch.heading(prefix));
            var races = new Races(site, history, prefix, clients);
            var views = batch.play(races::race);
            history.write(Headings.last());
            return verdict(views, clients);
        }
    }

    private static Verdict verdict(List<View> races, int clients) {
        return new Verdict(
                races.size(),
                clients,
                (int) races.stream().filter(race -> race.payments().size() > 1).count(),
                (int) races.stream().filter(race -> race.digests().size() > 1).count(),
                (int) races.stream().filter(race -> !race.ended()).count());
    }

    private View race(int number) {
        var key = IdempotencyKey.of("%s-%06d".formatted(keyPrefix, number));
        var request = PaymentRequest.of(PRICE, key.value(), SandboxCard.OK.card());
        var merchant = site.merchants().get(number % site.merchants().size());
        var start = new CountDownLatch(clients);
        var views =
                Together.all(
                        IntStream.range(0, clients)
                                .mapToObj(client ->
                                        new Desk(
                                                merchant,
                                                history,
                                                number * clients + client,
                                                site.address(number + client),
                                                true))
                                .map(desk -> Together.task(() -> run(desk, request, key, start)))
                                .toList());
        return merged(views);
    }

    /** A client that first saw 202 asks again, for the stored answer. */
    private static View run(
            Desk desk, PaymentRequest request, IdempotencyKey key, CountDownLatch start) {
        Together.meet(start);
        var payments = new HashSet<String>();
        for (int asked = 0; asked < ASKED_AGAIN_MAX; asked++) {
            var done = desk.pay(request, key);
            Desk.paymentId(done.result()).ifPresent(payments::add);
            var digest = done.scribe().finalDigest();
            if (digest.isPresent()) {
                boolean approved = done.result() instanceof PaymentResult.Approved;
                return new View(payments, Set.of(digest.get()), approved);
            }
        }
        return new View(payments, Set.of(), false);
    }

    private static View merged(List<View> views) {
        var payments = new HashSet<String>();
        var digests = new HashSet<String>();
        boolean ended = true;
        for (var view : views) {
            payments.addAll(view.payments());
            digests.addAll(view.digests());
            ended &= view.ended();
        }
        return new View(payments, digests, ended);
    }
}
