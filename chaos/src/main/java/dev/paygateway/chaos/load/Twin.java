package dev.paygateway.chaos.load;

import dev.paygateway.client.IdempotencyKey;
import dev.paygateway.client.PaymentRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** The same request with the same key, at the same time, to the next instance. */
final class Twin {
    private static final Executor THREADS = Thread::startVirtualThread;

    private final Customer.Run run;
    private final CompletableFuture<Desk.Done> other;

    /** Starts it. */
    Twin(Desk desk, Customer.Run run, PaymentRequest request, IdempotencyKey key) {
        this.run = run;
        int next = run.site().addresses().indexOf(desk.first()) + 1;
        var elsewhere = desk.at(run.site().address(next));
        other = CompletableFuture.supplyAsync(() -> elsewhere.pay(request, key), THREADS);
    }

    /** Waits for it; both may only name one payment. */
    void compare(Desk.Done one) {
        var two = other.join();
        run.tally().ended(two.result(), two.scribe());
        var first = Desk.paymentId(one.result());
        var second = Desk.paymentId(two.result());
        boolean differ = first.isPresent() && second.isPresent() && !first.equals(second);
        boolean kinds =
                two.scribe().finalDigest().isPresent()
                        && one.scribe().finalDigest().isPresent()
                        && !two.scribe().finalDigest().equals(one.scribe().finalDigest());
        if (differ || kinds) {
            run.tally().add(Tally.Count.DISAGREEMENTS);
        }
    }
}
