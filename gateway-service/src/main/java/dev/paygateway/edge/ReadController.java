package dev.paygateway.edge;

import dev.paygateway.payment.Payment;
import dev.paygateway.payment.Payments;
import dev.paygateway.payment.Payments.Cursor;
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

    ReadController(Payments payments, Rendering rendering) {
        this.payments = payments;
        this.rendering = rendering;
    }

    @GetMapping("/v1/payments/{id}")
    ResponseEntity<byte[]> find(
            HttpServletRequest request,
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
            @PathVariable String id) {
        caller.require(Caller.PAYMENTS_READ);
        ListQuery.ofOne(request);
        return one(payments.find(caller.merchant(), Addresses.payment(id)));
    }

    @GetMapping("/v1/payments/by-key/{key}")
    ResponseEntity<byte[]> byKey(
            HttpServletRequest request,
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
            @PathVariable String key) {
        caller.require(Caller.PAYMENTS_READ);
        ListQuery.ofOne(request);
        return one(
                Addresses.isKey(key) ? payments.byKey(caller.merchant(), key) : Optional.empty());
    }

    @GetMapping("/v1/payments/by-reference/{reference}")
    ResponseEntity<byte[]> byReference(
            HttpServletRequest request,
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
            @PathVariable String reference) {
        caller.require(Caller.PAYMENTS_READ);
        ListQuery.ofOne(request);
        return one(payments.byReference(caller.merchant(), reference));
    }

    @GetMapping("/v1/payments")
    ResponseEntity<byte[]> list(
            HttpServletRequest request, @RequestAttribute(Caller.ATTRIBUTE) Caller caller) {
        caller.require(Caller.PAYMENTS_READ);
        var query = ListQuery.of(request);
        var page = query.page();
        var found = payments.list(caller.merchant(), query.filter(), page);
        return Answers.ok(Json.object(out -> write(out, found, page)));
    }

    @GetMapping("/v1/payments/{id}/events")
    ResponseEntity<byte[]> events(
            HttpServletRequest request,
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
            @PathVariable String id) {
        caller.require(Caller.PAYMENTS_READ);
        ListQuery.none(request);
        var events = payments.events(caller.merchant(), Addresses.payment(id));
        if (events.isEmpty()) {
            throw new Rejection(Refusals.notFound());
        }
        return Answers.ok(Json.object(out -> write(out, events)));
    }

    private ResponseEntity<byte[]> one(Optional<Payment> payment) {
        return Answers.ok(
                rendering.snapshot(payment.orElseThrow(() -> new Rejection(Refusals.notFound()))));
    }

    private void write(JsonGenerator out, List<Payment> found, Page page) {
        var hasMore = found.size() > page.limit();
        var shown = shown(found, page);
        out.writeStringProperty("object", "list");
        out.writeArrayPropertyStart("data");
        shown.forEach(payment -> out.writeRawValue(rendering.snapshot(payment)));
        out.writeEndArray();
        out.writeBooleanProperty("has_more", hasMore);
        if (hasMore) {
            var last = page.before().isPresent() ? shown.getFirst() : shown.getLast();
            var cursor = new Cursor(last.terms().createdAt(), last.id());
            out.writeStringProperty("next_cursor", ListQuery.cursor(cursor));
        } else {
            out.writeNullProperty("next_cursor");
        }
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

    private static void write(JsonGenerator out, List<TimelineEvent> events) {
        out.writeStringProperty("object", "list");
        out.writeArrayPropertyStart("data");
        events.forEach(event -> write(out, event));
        out.writeEndArray();
        out.writeBooleanProperty("has_more", false);
        out.writeNullProperty("next_cursor");
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
