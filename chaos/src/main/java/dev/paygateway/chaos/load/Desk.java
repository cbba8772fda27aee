package dev.paygateway.chaos.load;

import dev.paygateway.client.CallOptions;
import dev.paygateway.client.CaptureRequest;
import dev.paygateway.client.IdempotencyKey;
import dev.paygateway.client.Payment;
import dev.paygateway.client.PaymentRequest;
import dev.paygateway.client.PaymentResult;
import dev.paygateway.client.Payments;
import dev.paygateway.client.ReadResult;
import dev.paygateway.client.RefundRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * One merchant's calls of one customer, each written into the history.
 *
 * @param process the customer's number; does one thing at a time
 * @param first the address its calls begin with
 * @param isPinned false: only if the client knows no better
 */
record Desk(Site.Merchant merchant, History history, int process, URI first, boolean isPinned) {
    /** A call's result and how it came about. */
    record Done(PaymentResult result, Scribe scribe) {}

    Desk at(URI address) {
        return new Desk(merchant, history, process, address, true);
    }

    Desk as(int otherProcess) {
        return new Desk(merchant, history, otherProcess, first, isPinned);
    }

    Done pay(PaymentRequest request, IdempotencyKey key) {
        return call(Intent.of(merchant.id(), request), payments -> payments.pay(request, key));
    }

    /** With a key that was sent before. */
    Done payAgain(PaymentRequest request, IdempotencyKey key) {
        return call(
                Intent.of(merchant.id(), request),
                CallOptions::repeating,
                payments -> payments.pay(request, key));
    }

    Done capture(String payment, CaptureRequest request, IdempotencyKey key) {
        return call(
                Intent.of(merchant.id(), request),
                payments -> payments.capture(payment, request, key));
    }

    Done voidHold(String payment, IdempotencyKey key) {
        return call(Intent.plain(merchant.id()), payments -> payments.voidHold(payment, key));
    }

    Done refund(String payment, RefundRequest request, IdempotencyKey key) {
        return call(
                Intent.of(merchant.id(), request),
                payments -> payments.refund(payment, request, key));
    }

    ReadResult<Payment> get(String payment, Duration within) {
        return payments(new Scribe(history, process, Intent.plain(merchant.id())), within)
                .get(payment);
    }

    ReadResult<Payment> getByKey(IdempotencyKey key, Duration within) {
        return payments(new Scribe(history, process, Intent.plain(merchant.id())), within)
                .getByKey(key);
    }

    private Done call(Intent intent, Function<Payments, PaymentResult> action) {
        return call(intent, UnaryOperator.identity(), action);
    }

    private Done call(
            Intent intent,
            UnaryOperator<CallOptions> how,
            Function<Payments, PaymentResult> action) {
        var scribe = new Scribe(history, process, intent);
        var payments = merchant.client().payments(how.apply(options(scribe)));
        return new Done(action.apply(payments), scribe);
    }

    private Payments payments(Scribe scribe, Duration within) {
        return merchant.client().payments(options(scribe).within(within));
    }

    private CallOptions options(Scribe scribe) {
        var heard = CallOptions.standard().heardBy(scribe);
        return isPinned ? heard.startingAt(first) : heard;
    }

    /** The payment a result names, if it names one. */
    static Optional<String> paymentId(PaymentResult result) {
        return result.payment().map(Payment::id);
    }
}
