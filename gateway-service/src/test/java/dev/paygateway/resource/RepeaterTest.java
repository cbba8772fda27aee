package dev.paygateway.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/**
 * Goal: who wakes a repeater is served soon, and however many do, its task keeps its pace.
 *
 * <p>Method: a period that no test outlives, and the times at which the task ran.
 */
class RepeaterTest {
    private static final Duration GAP = Duration.ofMillis(200);
    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration SOON = Duration.ofSeconds(10);

    private final List<Long> times = new CopyOnWriteArrayList<>();

    @Test
    void isWokenByManyAndKeepsItsGap() {
        try (var repeater = new Repeater("test", GAP, NEVER, () -> times.add(System.nanoTime()))) {
            await().atMost(SOON)
                    .until(() -> {
                        repeater.wake();
                        return times.size() > 3;
                    });
        }
        var gaps = new ArrayList<Duration>();
        for (var next = 1; next < times.size(); next++) {
            gaps.add(Duration.ofNanos(times.get(next) - times.get(next - 1)));
        }
        assertThat(gaps).isNotEmpty().allMatch(gap -> gap.compareTo(GAP) >= 0);
    }

    /** What was asked for while the task ran may not have been seen by it. */
    @Test
    void runsAgainForWhoeverAsksWhileItRuns() {
        var asked = new CountDownLatch(1);
        try (var repeater = new Repeater("test", GAP, NEVER, () -> runUntil(asked))) {
            repeater.wake();
            await().atMost(SOON).until(() -> times.size() == 1);
            repeater.wake();
            asked.countDown();
            await().atMost(SOON).until(() -> times.size() == 2);
        }
    }

    private void runUntil(CountDownLatch asked) {
        times.add(System.nanoTime());
        try {
            asked.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
