package dev.paygateway.chaos.load;

import dev.paygateway.client.Attempt;
import dev.paygateway.client.EventPage;
import dev.paygateway.client.Exchange;
import dev.paygateway.client.ExchangeListener;
import dev.paygateway.client.Payment;
import dev.paygateway.client.PaymentRequest;
import dev.paygateway.client.PaymentResult;
import dev.paygateway.client.Problem;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Draws one payment on the terminal, each step as it happens. */
final class Drawing implements ExchangeListener {
    private final PrintWriter out;
    private final long start = System.nanoTime();

    Drawing(PrintWriter out) {
        this.out = out;
    }

    void begin(PaymentRequest request, SandboxCard card, String key) {
        out.printf(
                "pay %s with card ...%s (%s)%n",
                Price.write(request.amount()), card.lastFour(), card.words());
        out.printf("  reference %s%n  key       %s%n%n", request.reference(), key);
        out.flush();
    }

    @Override
    public void sending(Attempt attempt) {
        var verb = attempt.purpose() == Attempt.Purpose.PAY ? "POST" : "GET ";
        line("-> %s %s%s".formatted(verb, attempt.address(), attempt.path()));
    }

    @Override
    public void ended(Attempt attempt, Exchange exchange) {
        line(
                switch (exchange) {
                    case Exchange.Answered answer ->
                            "<- %d%s"
                                    .formatted(
                                            answer.status(),
                                            answer.header("Gateway-Region")
                                                    .map(" from %s"::formatted)
                                                    .orElse(""));
                    case Exchange.Silent(var unsent, var error, _) ->
                            "<- no answer: %s%s"
                                    .formatted(error, unsent ? " (nothing was sent)" : "");
                });
    }

    void timeline(EventPage page) {
        var events = page.events();
        if (events.isEmpty()) {
            return;
        }
        var first = events.getFirst().created();
        out.printf("%ntimeline%n");
        for (var event : events) {
            out.printf(
                    "  %3d  +%5d ms  %s%n",
                    event.sequence(),
                    Duration.between(first, event.created()).toMillis(),
                    event.type());
        }
        page.nextCursor().ifPresent(_ -> out.printf("  and more%n"));
    }

    void end(PaymentResult result) {
        out.println();
        result.payment().ifPresent(this::payment);
        out.printf(
                "%s%nmoney_moved %s, %d request(s)%n",
                words(result), result.moneyMoved().word(), result.tries());
        out.flush();
    }

    private static String words(PaymentResult result) {
        return switch (result) {
            case PaymentResult.Approved(_, _, var trail) ->
                    trail.replayed() ? "PAID, by an earlier try of this key" : "PAID";
            case PaymentResult.Declined(_, var problem, _) ->
                    "NOT PAID: %s%s".formatted(words(problem), advice(problem));
            case PaymentResult.Refused(var problem, _) ->
                    "REFUSED: %s; correct the request and use a new key".formatted(words(problem));
            case PaymentResult.Pending _ ->
                    "NOT KNOWN YET: it is stored and will end by itself; do not pay again with"
                            + " another key";
            case PaymentResult.Unreachable(var error, _) ->
                    "NO ANSWER (%s): only the same key may be tried again".formatted(error);
        };
    }

    private static String words(Problem problem) {
        return problem.detail().isEmpty()
                ? problem.code()
                : "%s, %s".formatted(problem.code(), problem.detail());
    }

    private static String advice(Problem problem) {
        return problem.decline()
                .flatMap(decline -> decline.advice())
                .map(advice -> "; advice: " + advice.replace('_', ' '))
                .orElse("");
    }

    private void payment(Payment payment) {
        var like = payment.amount();
        out.printf("payment    %s  %s%n", payment.id(), payment.status().word());
        out.printf(
                "amounts    asked %s, authorized %s, captured %s, refunded %s %s%n",
                Price.write(like.value(), like),
                Price.write(payment.authorized(), like),
                Price.write(payment.captured(), like),
                Price.write(payment.refunded(), like),
                like.currency());
    }

    private void line(String text) {
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        out.printf("  +%5d ms  %s%n", millis, text);
        out.flush();
    }
}
