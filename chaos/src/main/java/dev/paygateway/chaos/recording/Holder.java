package dev.paygateway.chaos.recording;

import java.time.Duration;
import java.util.Objects;
import jdk.jfr.consumer.RecordedEvent;

/**
 * A resource that was held when an event told of it.
 *
 * @param kind e.g. {@code connection}
 * @param holder the thread's name
 * @param place the frames that acquired it, innermost first, one a line; empty where not noted
 */
public record Holder(String kind, String name, String holder, Duration age, String place) {
    static Holder of(RecordedEvent event) {
        return new Holder(
                event.getString("kind"),
                event.getString("name"),
                event.getString("holder"),
                event.getDuration("age"),
                Objects.requireNonNullElse(event.getString("place"), ""));
    }
}
