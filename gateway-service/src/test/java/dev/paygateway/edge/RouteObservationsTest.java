package dev.paygateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.server.observation.ServerRequestObservationContext;

/**
 * Goal: traces tell by which route a request came, and nothing that a merchant wrote.
 *
 * <p>Method: requests over the real edge, as Spring Boot has them observed; what a tracer is told.
 */
class RouteObservationsTest {
    private static final String CARD = "4242424242424242";
    private static final Duration SOON = Duration.ofSeconds(10);

    /** Keeps what has been observed to its end. */
    private record Tracer(Queue<Observation.Context> seen)
            implements ObservationHandler<Observation.Context> {
        @Override
        public boolean supportsContext(Observation.Context context) {
            return context instanceof ServerRequestObservationContext;
        }

        @Override
        public void onStop(Observation.Context context) {
            seen.add(context);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/payments/by-reference/%s, /v1/payments/by-reference/{reference}",
        "/v1/payments/by-key/key-%s, /v1/payments/by-key/{key}",
        "/v1/payments/%s/events, /v1/payments/{id}/events",
        "/v1/payments?reference=%s, /v1/payments",
        "/v1/nothing/%s, ''",
    })
    void nameTheRouteAlone(String address, String route) {
        var tracer = new Tracer(new ConcurrentLinkedQueue<>());
        try (var world = World.roomy()) {
            world.observations().observationConfig().observationHandler(tracer);
            world.client("m_demo1").get(address.formatted(CARD));
            await().atMost(SOON).until(() -> !tracer.seen().isEmpty());
        }
        var observed = tracer.seen().remove();
        assertThat(observed.getAllKeyValues().stream().map(KeyValue::getValue))
                .isNotEmpty()
                .noneMatch(value -> value.contains(CARD));
        assertThat(String.valueOf(observed.getContextualName())).doesNotContain(CARD);
        if (!route.isEmpty()) {
            assertThat(observed.getAllKeyValues()).contains(KeyValue.of("uri", route));
        }
    }
}
