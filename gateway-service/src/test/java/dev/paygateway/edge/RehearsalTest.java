package dev.paygateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.MustBeClosed;
import dev.paygateway.edge.EdgeConfiguration.Surroundings;
import dev.paygateway.edge.PaymentController.Reading;
import dev.paygateway.edge.Rehearsal.Scene;
import dev.paygateway.idempotency.Fingerprints;
import dev.paygateway.payment.MemoryPayments;
import dev.paygateway.payment.MemoryStore;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * Goal: a rehearsal walks the whole path of a payment and leaves nothing behind.
 *
 * <p>Method: over a store in memory; only the second commit may reach it, and finds no payment.
 */
class RehearsalTest {
    private final MemoryStore store = new MemoryStore(new JsonRendering());
    private final AtomicInteger commits = new AtomicInteger();

    @Test
    void leavesNothingBehind() {
        store.onCommit(decision -> {
            assertThat(decision.before()).as("a first commit would store it").isPresent();
            commits.incrementAndGet();
        });
        try (var rehearsal = rehearsal()) {
            rehearsal.run();
            rehearsal.run();
        }
        assertThat(commits).hasValue(2);
        assertThat(store.all()).isEmpty();
        assertThat(store.due(Instant.parse("2100-01-01T00:00:00Z"), 10)).isEmpty();
    }

    @MustBeClosed
    private Rehearsal rehearsal() {
        var time = new TestTime();
        var settings =
                new Binder(new MapConfigurationPropertySource())
                        .bindOrCreate("gateway.edge", EdgeSettings.class);
        var tokens = new TokenSettings(List.of(Issuer.NAME), Issuer.AUDIENCE, 10);
        var reading =
                new Reading(
                        new BodyReader(settings, time),
                        new PaymentRequests(),
                        new Fingerprints(() -> new byte[32]),
                        settings);
        return new Rehearsal(
                new Scene(store, new MemoryPayments(store), new JsonRendering()),
                reading,
                new Surroundings(settings, tokens, time, new UsedKeys()));
    }
}
