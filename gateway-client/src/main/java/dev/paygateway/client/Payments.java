package dev.paygateway.client;

import dev.paygateway.client.Attempt.Purpose;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Optional;

/**
 * What a merchant can do. Safe for many threads; every call blocks for at most its total bound.
 *
 * <p>No method throws for anything that happens on the network: the result says it.
 */
public final class Payments {
    private static final String BASE = "/v1/payments";

    /** Of one page. */
    static final int LIMIT_MAX = 100;

    private final Tries.Parts parts;
    private final CallOptions options;

    Payments(Tries.Parts parts, CallOptions options) {
        this.parts = parts;
        this.options = options;
    }

    /** Charges a card, or holds the amount if it is to be captured later. */
    public PaymentResult pay(PaymentRequest request, IdempotencyKey key) {
        return money(
                new KeyedCall.Target(Purpose.PAY, BASE, Optional.empty(), key, Body.of(request)));
    }

    /** Takes held money, all or a part. */
    public PaymentResult capture(String paymentId, CaptureRequest request, IdempotencyKey key) {
        return money(target(Purpose.CAPTURE, paymentId, "/captures", key, Body.of(request)));
    }

    /** Frees what is held and not captured. */
    public PaymentResult voidHold(String paymentId, IdempotencyKey key) {
        return money(target(Purpose.VOID, paymentId, "/voids", key, Body.empty()));
    }

    /** Gives captured money back, all or a part. */
    public PaymentResult refund(String paymentId, RefundRequest request, IdempotencyKey key) {
        return money(target(Purpose.REFUND, paymentId, "/refunds", key, Body.of(request)));
    }

    public ReadResult<Payment> get(String paymentId) {
        return read(Tries.Request.ofPayment(segment(paymentId))).run(Answers::payment);
    }

    /** Finds what a key did, without sending it again. */
    public ReadResult<Payment> getByKey(IdempotencyKey key) {
        return read(new Tries.Request(
                        Purpose.GET,
                        BASE + "/by-key/" + key.value(),
                        Optional.of(key),
                        Optional.empty(),
                        Optional.empty(),
                        false))
                .run(Answers::payment);
    }

    public ReadResult<Payment> getByReference(String reference) {
        return read(Tries.Request.read(
                        Purpose.GET,
                        BASE + "/by-reference/" + segment(reference),
                        Optional.empty()))
                .run(Answers::payment);
    }

    public ReadResult<PaymentPage> list(ListQuery query) {
        var words = new ArrayList<String>();
        words.add("limit=" + query.limit());
        query.status().ifPresent(status -> words.add("status=" + status.word()));
        query.reference().ifPresent(reference -> words.add("reference=" + segment(reference)));
        query.after().ifPresent(cursor -> words.add("after=" + segment(cursor)));
        return read(Tries.Request.read(
                        Purpose.LIST, BASE + "?" + String.join("&", words), Optional.empty()))
                .run(Answers::page);
    }

    /** The timeline of a payment, oldest first: its beginning. */
    public ReadResult<EventPage> events(String paymentId) {
        return events(paymentId, "");
    }

    /** Of the timeline of a payment what comes after the page that gave the cursor. */
    public ReadResult<EventPage> eventsAfter(String paymentId, String cursor) {
        return events(paymentId, "&after=" + segment(cursor));
    }

    private ReadResult<EventPage> events(String paymentId, String after) {
        return read(Tries.Request.read(
                        Purpose.EVENTS,
                        BASE + "/" + segment(paymentId) + "/events?limit=" + LIMIT_MAX + after,
                        Optional.of(paymentId)))
                .run(Answers::events);
    }

    private PaymentResult money(KeyedCall.Target target) {
        return new KeyedCall(target, new Tries(parts, options)).run();
    }

    private ReadCall read(Tries.Request request) {
        return new ReadCall(request, new Tries(parts, options));
    }

    private static KeyedCall.Target target(
            Purpose purpose, String paymentId, String suffix, IdempotencyKey key, Body body) {
        return new KeyedCall.Target(
                purpose,
                BASE + "/" + segment(paymentId) + suffix,
                Optional.of(paymentId),
                key,
                body);
    }

    private static String segment(String raw) {
        return URLEncoder.encode(raw, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
