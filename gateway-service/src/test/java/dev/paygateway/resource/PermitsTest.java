package dev.paygateway.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
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
    void isNoLeakOnceAnotherThreadHasTakenItOver() throws Exception {
        var handed = new Permits.Permit[1];
        Thread.ofVirtual().start(() -> handed[0] = taken()).join();
        try (var permit = handed[0]) {
            holdings.look(Duration.ofHours(1));
            permit.takeOver();
            holdings.look(Duration.ofHours(1));
            holdings.look(Duration.ofHours(1));
            assertThat(holdings.hasLeaked()).isFalse();
        }
        assertThat(holdings.lines()).isEmpty();
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
