package dev.paygateway;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;

/**
 * Plays the hot path over and over before the instance is ready: readiness turns up when runners
 * have ended. A cold JVM is driven into time-outs by 25 payments a second. Bounded in time, so that
 * nothing that is away keeps an instance from becoming ready.
 */
final class WarmUp implements ApplicationRunner {
    /** The name by which modules mark what can be rehearsed without effect. */
    static final String REHEARSAL = "rehearsal";

    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

    /** What fails so often in a row is away: the others get its time. */
    private static final int FAILURES_MAX = 3;

    private final Map<String, Runnable> rehearsals;
    private final WarmUpSettings settings;
    private final Map<String, Integer> failures = new HashMap<>();
    private volatile int rounds;
    private volatile boolean isOver;

    WarmUp(Map<String, Runnable> rehearsals, WarmUpSettings settings) {
        this.rehearsals = Map.copyOf(rehearsals);
        this.settings = settings;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (settings.timeMax().isZero()) {
            return;
        }
        var began = System.nanoTime();
        var all = new FutureTask<>(this::playAll, rounds);
        Thread.ofVirtual().name("warm-up").start(all);
        try {
            all.get(settings.timeMax().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            LOG.debug("the rest stays cold");
        } catch (ExecutionException bug) {
            LOG.warn("the warm-up broke off", bug.getCause());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            isOver = true;
            all.cancel(true);
        }
        var took = Duration.ofNanos(System.nanoTime() - began);
        LOG.info("warmed up in {} ms: {} rounds", took.toMillis(), rounds);
    }

    int rounds() {
        return rounds;
    }

    private void playAll() {
        for (var round = 0; round < settings.roundsMax() && !isOver; round++) {
            rehearsals.forEach(this::play);
            rounds = round + 1;
        }
    }

    private void play(String name, Runnable rehearsal) {
        if (isOver || failures.getOrDefault(name, 0) >= FAILURES_MAX) {
            return;
        }
        try {
            rehearsal.run();
            failures.remove(name);
        } catch (RuntimeException failure) {
            if (failures.merge(name, 1, Integer::sum) == FAILURES_MAX) {
                LOG.info("{} cannot be rehearsed: {}", name, failure.toString());
            }
        }
    }
}
