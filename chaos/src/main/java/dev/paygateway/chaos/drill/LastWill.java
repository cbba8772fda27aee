package dev.paygateway.chaos.drill;

import dev.paygateway.chaos.lab.LabFailure;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What is still done when the process is told to end: the thread that made it is interrupted and
 * gets its time to take everything down by itself; what it leaves is taken down after it.
 */
final class LastWill {
    /** A part that is just being started holds the lab until it notices. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private static final int TRIES_MAX = 6;
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(5);

    private final CountDownLatch revoked = new CountDownLatch(1);
    private final Runnable deed;
    private final Thread maker = Thread.currentThread();
    private final Thread hook = Thread.ofPlatform().unstarted(this::execute);

    private LastWill(Runnable deed) {
        this.deed = deed;
    }

    static LastWill of(Runnable deed) {
        var will = new LastWill(deed);
        Runtime.getRuntime().addShutdownHook(will.hook);
        return will;
    }

    /** All has been done already. */
    void revoke() {
        revoked.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The process ends already, and the hook has just learned of it.
        }
    }

    private void execute() {
        maker.interrupt();
        for (int tries = 0; tries < TRIES_MAX && !isDone(tries == 0 ? GRACE : AGAIN_AFTER); ) {
            tries++;
            try {
                deed.run();
                return;
            } catch (LabFailure busy) {
                System.err.println("drill: " + busy.getMessage());
            }
        }
    }

    private boolean isDone(Duration patience) {
        try {
            return revoked.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException impatience) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
