package dev.paygateway.chaos.load;

import dev.paygateway.client.IdempotencyKey;
import dev.paygateway.client.Payment;
import dev.paygateway.client.PaymentRequest;
import dev.paygateway.client.PaymentResult;
import dev.paygateway.client.ReadResult;
import java.net.URI;
import java.time.Duration;

/** What a customer does beside paying, to see whether the answers hold. */
final class Twists {
    private static final int READS = 4;
    private static final Duration READ_BOUND = Duration.ofSeconds(5);

    private final Desk desk;
    private final Customer.Run run;
    private final PaymentRequest request;
    private final IdempotencyKey key;

    Twists(Desk desk, Customer.Run run, PaymentRequest request, IdempotencyKey key) {
        this.desk = desk;
        this.run = run;
        this.request = request;
        this.key = key;
    }

    void play(Scenario.Twist twist, Desk.Done paid) {
        switch (twist) {
            case NONE, TWIN -> {}
            case OTHER_AMOUNT -> otherAmount();
            case REPLAY -> replay(paid);
            case READS -> paid.result().payment().ifPresent(this::reads);
        }
    }

    private void otherAmount() {
        var more = request.withAmount(request.amount().withValue(request.amount().value() + 1));
        var done = desk.pay(more, key);
        run.tally().ended(done.result(), done.scribe());
        switch (done.result()) {
            case PaymentResult.Refused _, PaymentResult.Unreachable _ -> {}
            case PaymentResult.Approved _, PaymentResult.Declined _, PaymentResult.Pending _ ->
                    disagreement();
        }
    }

    private void replay(Desk.Done paid) {
        var done = desk.at(next()).payAgain(request, key);
        run.tally().ended(done.result(), done.scribe());
        var before = paid.scribe().finalDigest();
        var after = done.scribe().finalDigest();
        if (before.isPresent() && after.isPresent() && !before.equals(after)) {
            disagreement();
        }
    }

    private void reads(Payment paid) {
        long version = paid.version();
        for (int read = 0; read < READS; read++) {
            var address = run.site().address(desk.process() + read);
            if (desk.at(address).get(paid.id(), READ_BOUND)
                    instanceof ReadResult.Found<Payment>(var now)) {
                if (now.version() < version) {
                    disagreement();
                }
                version = now.version();
            }
        }
    }

    private URI next() {
        return run.site().address(run.site().addresses().indexOf(desk.first()) + 1);
    }

    private void disagreement() {
        run.tally().add(Tally.Count.DISAGREEMENTS);
    }
}
