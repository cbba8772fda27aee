package dev.paygateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.DefaultApplicationArguments;

/**
 * Goal: an instance rehearses before it is ready, and becomes ready whatever the rehearsal meets.
 *
 * <p>Method: rehearsals that count, fail, or hang for ever.
 */
class WarmUpTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final AtomicInteger played = new AtomicInteger();

    private static void run(WarmUpSettings settings, Map<String, Runnable> rehearsals) {
        new WarmUp(rehearsals, settings).run(new DefaultApplicationArguments());
    }

    @Test
    void playsEachAsOftenAsItIsTold() {
        run(
                new WarmUpSettings(LONG, 7),
                Map.of("one", played::incrementAndGet, "two", played::incrementAndGet));
        assertThat(played).hasValue(14);
    }

    @Test
    void playsNothingWhereItIsTurnedOff() {
        run(new WarmUpSettings(Duration.ZERO, 7), Map.of("one", played::incrementAndGet));
        assertThat(played).hasValue(0);
    }

    @Test
    void leavesAloneWhatIsAway() {
        Runnable away =
                () -> {
                    played.incrementAndGet();
                    throw new IllegalStateException("away");
                };
        run(new WarmUpSettings(LONG, 50), Map.of("away", away));
        assertThat(played).hasValue(3);
    }

    @Test
    void endsInTimeWhateverHangs() {
        var never = new CountDownLatch(1);
        run(
                new WarmUpSettings(Duration.ofMillis(50), 50),
                Map.of("hangs", () -> hangUninterruptibly(never)));
        assertThat(never.getCount()).isEqualTo(1);
        never.countDown();
    }

    private void hangUninterruptibly(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException _) {
                played.incrementAndGet(); // and goes on hanging
            }
        }
    }
}
