package dev.paygateway.chaos.load;

import dev.paygateway.client.CaptureRequest;
import dev.paygateway.client.IdempotencyKey;
import dev.paygateway.client.Money;
import dev.paygateway.client.PaymentRequest;
import dev.paygateway.client.PaymentResult;
import dev.paygateway.client.RefundRequest;
import java.time.Duration;
import java.util.function.Supplier;

/** Plays one scenario: pays, then does with the payment what the scenario says. */
final class Customer {
    private final Scenario scenario;
    private final Run run;
    private final Desk desk;
    private final IdempotencyKey key;
    private final PaymentRequest request;

    /**
     * What all customers of a run share.
     *
     * @param keyPrefix begins every key of this run, and of no other
     */
    record Run(
            Site site,
            History history,
            Tally tally,
            OpenMatters matters,
            Watch watch,
            int clientsMax,
            String keyPrefix) {}

    Customer(Scenario scenario, Run run, int process) {
        this.scenario = scenario;
        this.run = run;
        desk =
                new Desk(
                        run.site().merchant(scenario.merchant(), scenario.number()),
                        run.history(),
                        process,
                        run.site().address(scenario.number()),
                        run.site().isPinned());
        key = IdempotencyKey.of("%s-%06d".formatted(run.keyPrefix(), scenario.number()));
        var plain = PaymentRequest.of(scenario.amount(), key.value(), scenario.card().card());
        request = scenario.sequel().manual() ? plain.capturedLater() : plain;
    }

    int process() {
        return desk.process();
    }

    /**
     * Plays it.
     *
     * @param intendedNanos when the customer should have arrived
     */
    void play(long intendedNanos) {
        var twin =
                scenario.twist() == Scenario.Twist.TWIN
                        ? new Twin(desk.as(desk.process() + run.clientsMax()), run, request, key)
                        : null;
        var done = desk.pay(request, key);
        long now = run.watch().nanos();
        run.matters().paid(desk, key, done.result(), now);
        run.tally()
                .paid(
                        scenario.card(),
                        done.result(),
                        done.scribe(),
                        Duration.ofNanos(now - intendedNanos));
        if (twin != null) {
            twin.compare(done);
        }
        if (done.result() instanceof PaymentResult.Approved approved) {
            new Twists(desk, run, request, key).play(scenario.twist(), done);
            approved.payment().ifPresent(payment -> sequel(payment.id()));
        }
    }

    private void sequel(String payment) {
        switch (scenario.sequel()) {
            case LEFT_CAPTURED, LEFT_AUTHORIZED -> {}
            case REFUNDED -> refund(payment, "r1", scenario.amount());
            case REFUNDED_IN_PARTS -> {
                refund(payment, "r1", part());
                refund(payment, "r2", rest());
                refund(payment, "r3", scenario.amount()); // more than is left: refused
            }
            case CAPTURED -> capture(payment, "c1", CaptureRequest.all());
            case CAPTURED_IN_PARTS -> {
                capture(payment, "c1", CaptureRequest.of(part()));
                capture(payment, "c2", CaptureRequest.of(rest()));
            }
            case CAPTURED_PART_AS_LAST ->
                    capture(payment, "c1", CaptureRequest.of(part()).asLast());
            case CAPTURED_AND_REFUNDED -> {
                capture(payment, "c1", CaptureRequest.all());
                refund(payment, "r1", part());
            }
            case VOIDED -> {
                var name = named("v1");
                follow(name, () -> desk.voidHold(payment, name));
            }
        }
    }

    private void capture(String payment, String suffix, CaptureRequest capture) {
        var name = named(suffix);
        follow(name, () -> desk.capture(payment, capture, name));
    }

    private void refund(String payment, String suffix, Money amount) {
        var name = named(suffix);
        follow(name, () -> desk.refund(payment, RefundRequest.of(amount), name));
    }

    private void follow(IdempotencyKey name, Supplier<Desk.Done> action) {
        var done = action.get();
        run.tally().ended(done.result(), done.scribe());
        run.matters().operated(name, done.result(), () -> action.get().result());
    }

    private IdempotencyKey named(String suffix) {
        return IdempotencyKey.of(key.value() + "-" + suffix);
    }

    private Money part() {
        var whole = scenario.amount();
        return whole.withValue(Math.max(1, Math.round(whole.value() * scenario.share())));
    }

    private Money rest() {
        return scenario.amount().withValue(scenario.amount().value() - part().value());
    }
}
