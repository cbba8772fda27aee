package dev.paygateway.edge;

import dev.paygateway.acquirer.Card;
import dev.paygateway.edge.MoneyRequests.Call;
import dev.paygateway.idempotency.Fingerprints;
import dev.paygateway.payment.Command;
import dev.paygateway.payment.Gateway;
import dev.paygateway.payment.PaymentId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RestController;

/** The requests that move money. */
@RestController
final class PaymentController {
    private static final String IF_MATCH = "If-Match";

    private final Gateway gateway;
    private final MoneyRequests requests;
    private final Reading reading;

    PaymentController(Gateway gateway, MoneyRequests requests, Reading reading) {
        this.gateway = gateway;
        this.requests = requests;
        this.reading = reading;
    }

    /** How requests are read. */
    record Reading(
            BodyReader bodies,
            PaymentRequests payments,
            Fingerprints fingerprints,
            EdgeSettings settings) {}

    @PostMapping("/v1/payments")
    ResponseEntity<byte[]> pay(
            HttpServletRequest request, @RequestAttribute(Caller.ATTRIBUTE) Caller caller) {
        caller.require(Caller.PAYMENTS_WRITE);
        var payable = reading.payments().pay(asked(request, caller));
        Card card = payable.card();
        return serve(
                new Call(
                        payable.pay(), work -> gateway.authorize(work, card), preference(request)));
    }

    @PostMapping("/v1/payments/{id}/captures")
    ResponseEntity<byte[]> capture(
            HttpServletRequest request,
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
            @PathVariable String id) {
        caller.require(Caller.PAYMENTS_WRITE);
        return change(request, caller, id, reading.payments()::capture);
    }

    @PostMapping("/v1/payments/{id}/voids")
    ResponseEntity<byte[]> release(
            HttpServletRequest request,
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
            @PathVariable String id) {
        caller.require(Caller.PAYMENTS_WRITE);
        return change(request, caller, id, reading.payments()::release);
    }

    @PostMapping("/v1/payments/{id}/refunds")
    ResponseEntity<byte[]> refund(
            HttpServletRequest request,
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
            @PathVariable String id) {
        caller.require(Caller.REFUNDS_WRITE);
        return change(request, caller, id, reading.payments()::refund);
    }

    private ResponseEntity<byte[]> change(
            HttpServletRequest request,
            Caller caller,
            String id,
            BiFunction<PaymentRequests.Asked, PaymentId, Command.Change> read) {
        var payment = Addresses.payment(id);
        var change = read.apply(asked(request, caller), payment);
        return serve(new Call(change, gateway::submit, preference(request)));
    }

    private PaymentRequests.Asked asked(HttpServletRequest request, Caller caller) {
        unconditional(request);
        var key = key(request);
        var body = StrictJson.parse(reading.bodies().read(request));
        var what = new Fingerprints.Request(request.getMethod(), request.getRequestURI(), body);
        return new PaymentRequests.Asked(
                reading.fingerprints().claim(caller.merchant(), key, what),
                EdgeFilter.requestId(request),
                body);
    }

    /** A condition that is ignored would let through what it is to stop. */
    private static void unconditional(HttpServletRequest request) {
        if (request.getHeader(IF_MATCH) != null) {
            throw Rejection.at(
                    IF_MATCH, Code.NO_SUCH_FEATURE, "Conditions are not built yet; leave it out.");
        }
    }

    private static String key(HttpServletRequest request) {
        List<String> keys = Collections.list(request.getHeaders(EdgeFilter.KEY));
        if (keys.isEmpty()) {
            throw Rejection.at(
                    EdgeFilter.KEY,
                    Code.IDEMPOTENCY_KEY_REQUIRED,
                    "Send an Idempotency-Key header, a new one for each thing you want done.");
        }
        if (keys.size() > 1 || !Addresses.isKey(keys.getFirst())) {
            throw Addresses.badKey();
        }
        return keys.getFirst();
    }

    private Preference preference(HttpServletRequest request) {
        return Preference.of(Collections.list(request.getHeaders("Prefer")), reading.settings());
    }

    private ResponseEntity<byte[]> serve(Call call) {
        var told = requests.serve(call);
        var answer = Answers.of(told.answer());
        told.payment()
                .filter(_ -> told.answer().status() < 300)
                .ifPresent(id -> answer.header("Location", Addresses.of(id)));
        call.preference().applied().ifPresent(wish -> answer.header("Preference-Applied", wish));
        answer.header(EdgeFilter.REPLAYED, Boolean.toString(told.isReplay()));
        return answer.body(Answers.bytes(told.answer().body()));
    }
}
