package dev.paygateway.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/**
 * Goal: no more are under way than there are permits, and the end waits for those that are, for a
 * bounded time.
 *
 * <p>Method: two permits, taken and handed over.
 */
class PermitsTest {
    private static final Duration SHORT = Duration.ofMillis(20);

    private final Holdings holdings = new Holdings();
    private final Permits permits = new Permits(holdings, "step", 2);

    @Test
    void givesOutSoManyAndNoMore() throws Taken {
        try (var _ = permits.take(SHORT);
                var _ = permits.take(SHORT)) {
            assertThat(holdings.count(Kind.PERMIT)).isEqualTo(2);
            assertThatThrownBy(this::taken).hasCauseInstanceOf(Taken.class);
            assertThat(permits.drain(SHORT)).as("two are under way").isFalse();
        }
        assertThat(holdings.lines()).isEmpty();
        assertThat(permits.drain(SHORT)).isTrue();
        assertThatThrownBy(this::taken).hasCauseInstanceOf(Taken.class);
    }

    @Test
    void isFreeOnceBothWhoShareItHaveLetGo() throws Exception {
        var end = new CompletableFuture<Void>();
        var worker = new Thread[1];
        try (var permit = permits.take(SHORT)) {
            permit.share(work -> worker[0] = Thread.ofVirtual().start(work), end::join);
        }
        assertThat(permits.drain(SHORT)).as("the worker has it").isFalse();
        holdings.look(Duration.ofHours(1));
        holdings.look(Duration.ofHours(1));
        assertThat(holdings.hasLeaked()).isFalse();
        end.complete(null);
        worker[0].join();
        assertThat(holdings.lines()).isEmpty();
        assertThat(permits.drain(SHORT)).isTrue();
    }

    @Test
    void isFreeIfNobodyWantsToShareIt() throws Taken {
        try (var permit = permits.take(SHORT)) {
            assertThatThrownBy(() -> permit.share(PermitsTest::refuse, () -> {}))
                    .isInstanceOf(RejectedExecutionException.class);
        }
        assertThat(permits.drain(SHORT)).isTrue();
    }

    private static void refuse(Runnable work) {
        throw new RejectedExecutionException("no thread for " + work);
    }

    @SuppressWarnings("MustBeClosedChecker") // handed over, or refused
    private Permits.Permit taken() {
        try {
            return permits.take(SHORT);
        } catch (Taken taken) {
            throw new IllegalStateException(taken);
        }
    }
}
