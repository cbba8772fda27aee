package dev.paygateway.client;

import java.util.List;
import java.util.Optional;

/**
 * One page of a timeline.
 *
 * @param nextCursor for {@link Payments#eventsAfter}; absent on the last page
 */
public record EventPage(List<PaymentEvent> events, Optional<String> nextCursor) {
    public EventPage {
        events = List.copyOf(events);
    }
}
