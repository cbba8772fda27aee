package dev.paygateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/**
 * Goal: a caller is never told "no" about an operation that is sent, and never left without either.
 *
 * <p>Method: worker and caller meet at a barrier and race, each held up for a seeded while.
 */
class HandoffTest {
    private static final int RACES = 5_000;
    private static final long SEED = 20_261_124;
    private static final int SPINS_MAX = 400;

    @Test
    void isTakenOrWithdrawnNeverBoth() throws Exception {
        var dice = new SplittableRandom(SEED);
        var taken = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var race = 0; race < RACES; race++) {
                var handoff = new Handoff();
                var barrier = new CyclicBarrier(2);
                var worker = threads.submit(held(barrier, dice.nextInt(SPINS_MAX), handoff::take));
                var caller =
                        threads.submit(held(barrier, dice.nextInt(SPINS_MAX), handoff::withdraw));
                assertThat(worker.get() ^ caller.get()).as("seed %d, race %d", SEED, race).isTrue();
                taken += worker.get() ? 1 : 0;
            }
        }
        assertThat(taken).as("both sides win sometimes").isBetween(1, RACES - 1);
    }

    @Test
    void isDecidedOnce() {
        var handoff = new Handoff();
        assertThat(handoff.withdraw()).isTrue();
        assertThat(handoff.take()).isFalse();
        assertThat(handoff.withdraw()).isFalse();
    }

    private static Callable<Boolean> held(
            CyclicBarrier barrier, int spins, Callable<Boolean> step) {
        return () -> {
            barrier.await();
            for (var spin = 0; spin < spins; spin++) {
                Thread.onSpinWait();
            }
            return step.call();
        };
    }
}
