package dev.paygateway.edge;

import dev.paygateway.payment.Merchant;
import dev.paygateway.payment.Payment;
import dev.paygateway.payment.PaymentId;
import dev.paygateway.payment.Payments;
import dev.paygateway.payment.Payments.Cursor;
import dev.paygateway.payment.Payments.Lines;
import dev.paygateway.payment.Payments.Page;
import dev.paygateway.payment.Payments.TimelineEvent;
import dev.paygateway.payment.Rendering;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JsonGenerator;

/** What merchants read of their payments. */
@RestController
final class ReadController {
    private final Payments payments;
    private final Rendering rendering;
    private final Readers readers;

    ReadController(Payments payments, Rendering rendering, Readers readers) {
        this.payments = payments;
        this.rendering = rendering;
        this.readers = readers;
    }

    @GetMapping("/v1/payments/{id}")
    ResponseEntity<byte[]> find(
            HttpServletRequest request,
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
            @PathVariable String id) {
        caller.require(Caller.PAYMENTS_READ);
        ListQuery.ofOne(request);
        var payment = Addresses.payment(id);
        return one(readers.read(() -> payments.find(caller.merchant(), payment)));
    }

    @GetMapping("/v1/payments/by-key/{key}")
    ResponseEntity<byte[]> byKey(
            HttpServletRequest request,
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
            @PathVariable String key) {
        caller.require(Caller.PAYMENTS_READ);
        ListQuery.ofOne(request);
        return one(
                Addresses.isKey(key)
                        ? readers.read(() -> payments.byKey(caller.merchant(), key))
                        : Optional.empty());
    }

    @GetMapping("/v1/payments/by-reference/{reference}")
    ResponseEntity<byte[]> byReference(
            HttpServletRequest request,
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
            @PathVariable String reference) {
        caller.require(Caller.PAYMENTS_READ);
        ListQuery.ofOne(request);
        return one(readers.read(() -> payments.byReference(caller.merchant(), reference)));
    }

    @GetMapping("/v1/payments")
    ResponseEntity<byte[]> list(
            HttpServletRequest request, @RequestAttribute(Caller.ATTRIBUTE) Caller caller) {
        caller.require(Caller.PAYMENTS_READ);
        var query = ListQuery.of(request);
        var page = query.page();
        var filter = query.filter();
        var found = readers.list(() -> payments.list(caller.merchant(), filter, page));
        return Answers.ok(Json.object(out -> write(out, found, page)));
    }

    @GetMapping("/v1/payments/{id}/events")
    ResponseEntity<byte[]> events(
            HttpServletRequest request,
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
            @PathVariable String id) {
        caller.require(Caller.PAYMENTS_READ);
        var lines = ListQuery.ofTimeline(request).lines();
        var payment = Addresses.payment(id);
        var events = readers.read(() -> events(caller.merchant(), payment, lines));
        return Answers.ok(Json.object(out -> write(out, events, lines.limit())));
    }

    /** Empty only behind the last line: a payment has one from its beginning. */
    private List<TimelineEvent> events(Merchant merchant, PaymentId id, Lines lines) {
        var events = payments.events(merchant, id, lines);
        if (events.isEmpty() && payments.find(merchant, id).isEmpty()) {
            throw new Rejection(Refusals.notFound());
        }
        return events;
    }

    private ResponseEntity<byte[]> one(Optional<Payment> payment) {
        return Answers.ok(
                rendering.snapshot(payment.orElseThrow(() -> new Rejection(Refusals.notFound()))));
    }

    private void write(JsonGenerator out, List<Payment> found, Page page) {
        var shown = shown(found, page);
        begin(out);
        shown.forEach(payment -> out.writeRawValue(rendering.snapshot(payment)));
        if (found.size() > page.limit()) {
            var last = page.before().isPresent() ? shown.getFirst() : shown.getLast();
            endWithMore(out, ListQuery.cursor(new Cursor(last.terms().createdAt(), last.id())));
        } else {
            end(out);
        }
    }

    private static void begin(JsonGenerator out) {
        out.writeStringProperty("object", "list");
        out.writeArrayPropertyStart("data");
    }

    private static void endWithMore(JsonGenerator out, String nextCursor) {
        out.writeEndArray();
        out.writeBooleanProperty("has_more", true);
        out.writeStringProperty("next_cursor", nextCursor);
    }

    private static void end(JsonGenerator out) {
        out.writeEndArray();
        out.writeBooleanProperty("has_more", false);
        out.writeNullProperty("next_cursor");
    }

    /** Without the one too many, which is the farthest from the cursor: paging back, the newest. */
    private static List<Payment> shown(List<Payment> found, Page page) {
        if (found.size() <= page.limit()) {
            return found;
        }
        return page.before().isPresent()
                ? found.subList(found.size() - page.limit(), found.size())
                : found.subList(0, page.limit());
    }

    private static void write(JsonGenerator out, List<TimelineEvent> events, int limit) {
        begin(out);
        events.stream().limit(limit).forEach(event -> write(out, event));
        if (events.size() > limit) {
            endWithMore(out, ListQuery.cursor(events.get(limit - 1).sequence()));
        } else {
            end(out);
        }
    }

    private static void write(JsonGenerator out, TimelineEvent event) {
        out.writeStartObject();
        out.writeStringProperty("id", event.id());
        out.writeStringProperty("object", "event");
        out.writeStringProperty("type", event.type());
        out.writeNumberProperty("sequence", event.sequence());
        event.previousStatus()
                .ifPresentOrElse(
                        status -> out.writeStringProperty("previous_status", status.code()),
                        () -> out.writeNullProperty("previous_status"));
        out.writeStringProperty("status", event.status().code());
        out.writeStringProperty("operation", event.cause().value());
        out.writeStringProperty("created_at", JsonRendering.time(event.createdAt()));
        out.writeName("payment").writeRawValue(event.snapshot());
        out.writeEndObject();
    }
}
