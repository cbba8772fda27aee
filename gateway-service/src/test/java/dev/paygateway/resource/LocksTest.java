package dev.paygateway.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Goal: of one key there is one holder, the wait is bounded, and nothing of a key is kept once
 * nobody wants it.
 *
 * <p>Method: many threads over few keys; the ledger and the key space are counted after each test.
 */
class LocksTest {
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int THREADS = 200;
    private static final int KEYS = 3;

    private final Holdings holdings = new Holdings();
    private final Locks locks = new Locks(holdings);

    @AfterEach
    void keepsNothing() {
        assertThat(locks.size()).isZero();
        assertThat(holdings.lines()).isEmpty();
    }

    @Test
    void letsOneInAtATime() {
        var inside = new AtomicInteger[] {count(), count(), count()};
        var most = new AtomicInteger();
        var done = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var each = 0; each < THREADS; each++) {
                var key = each % KEYS;
                threads.execute(() -> {
                    most.accumulateAndGet(visit("key-" + key, inside[key]), Math::max);
                    done.incrementAndGet();
                });
            }
        }
        assertThat(most).hasValue(1);
        assertThat(done).hasValue(THREADS);
    }

    private int visit(String key, AtomicInteger inside) {
        try (var _ = locks.hold(key, LONG)) {
            var met = inside.incrementAndGet();
            Pause.of(Duration.ofMillis(1));
            inside.decrementAndGet();
            return met;
        } catch (Taken taken) {
            throw new IllegalStateException(taken);
        }
    }

    private static AtomicInteger count() {
        return new AtomicInteger();
    }

    @Test
    void refusesWhatIsTakenAndLeavesOtherKeysAlone() throws Taken {
        try (var _ = locks.hold("a", Duration.ZERO);
                var _ = locks.hold("b", Duration.ZERO)) {
            assertThatThrownBy(() -> hold("a")).isInstanceOf(Taken.class);
            assertThat(holdings.count(Kind.LOCK)).isEqualTo(2);
        }
    }

    @Test
    void givesTheLockInTheOrderOfAsking() throws Exception {
        var order = Collections.synchronizedList(new ArrayList<Integer>());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            try (var _ = locks.hold("a", Duration.ZERO)) {
                for (var each = 0; each < KEYS; each++) {
                    var turn = each;
                    threads.execute(() -> note(order, turn));
                    var users = each + 2;
                    await().until(() -> locks.waiting("a") == users - 1);
                }
            }
        }
        assertThat(order).containsExactly(0, 1, 2);
    }

    private void note(List<Integer> order, int turn) {
        try (var _ = locks.hold("a", LONG)) {
            order.add(turn);
        } catch (Taken taken) {
            throw new IllegalStateException(taken);
        }
    }

    @Test
    void endsTheWaitOfAnInterruptedThread() throws Exception {
        try (var _ = locks.hold("a", Duration.ZERO)) {
            var wasTold = new AtomicInteger();
            var waiter =
                    Thread.ofVirtual()
                            .start(() -> {
                                try (var _ = locks.hold("a", LONG)) {
                                    wasTold.set(-1);
                                } catch (Taken _) {
                                    wasTold.set(Thread.currentThread().isInterrupted() ? 1 : -2);
                                }
                            });
            await().until(() -> locks.waiting("a") == 1);
            waiter.interrupt();
            waiter.join();
            assertThat(wasTold).hasValue(1);
        }
    }

    @Test
    void isReleasedOnceHoweverOftenItIsClosed() throws Taken {
        var first = hold("a");
        first.close();
        try (var _ = locks.hold("a", Duration.ZERO)) {
            first.close();
            assertThatThrownBy(() -> hold("a")).isInstanceOf(Taken.class);
        }
    }

    @SuppressWarnings("MustBeClosedChecker") // refused, or closed by hand
    private Locks.Hold hold(String key) throws Taken {
        return locks.hold(key, SHORT);
    }
}
