package dev.paygateway.resource;

import com.google.errorprone.annotations.MustBeClosed;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Locks of this process, one a key, given in the order of asking and not to the same thread twice.
 * A key is known for as long as somebody holds it or waits for it, and no longer.
 */
public final class Locks {
    private final ConcurrentHashMap<String, Gate> gates = new ConcurrentHashMap<>();
    private final Holdings holdings;

    /** Locks that are entered in this ledger. */
    public Locks(Holdings holdings) {
        this.holdings = holdings;
    }

    /** The users are counted under the map's own lock of the key. */
    private static final class Gate {
        private final Semaphore permit = new Semaphore(1, true);
        private int users;
    }

    /**
     * The lock of that key.
     *
     * @param wait zero: only if it is free now
     */
    @MustBeClosed
    public Hold hold(String key, Duration wait) throws Taken {
        var gate = join(key);
        var isHeld = false;
        try {
            isHeld = gate.permit.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS);
            if (isHeld) {
                return new Hold(this, key, gate);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            if (!isHeld) {
                leave(key);
            }
        }
        throw new Taken("the lock " + key);
    }

    private Gate join(String key) {
        return gates.compute(
                key,
                (_, known) -> {
                    var gate = known == null ? new Gate() : known;
                    gate.users++;
                    return gate;
                });
    }

    private void leave(String key) {
        gates.computeIfPresent(key, (_, gate) -> --gate.users == 0 ? null : gate);
    }

    int waiting(String key) {
        var gate = gates.get(key);
        return gate == null ? 0 : gate.permit.getQueueLength();
    }

    int size() {
        return gates.size();
    }

    /** One lock in hand. */
    public static final class Hold implements AutoCloseable {
        private final Locks locks;
        private final String key;
        private final Gate gate;
        private final Holding holding;

        @MustBeClosed
        private Hold(Locks locks, String key, Gate gate) {
            this.locks = locks;
            this.key = key;
            this.gate = gate;
            this.holding = locks.holdings.enter(Kind.LOCK, key, this);
        }

        @Override
        public void close() {
            if (holding.strikeOff()) {
                gate.permit.release();
                locks.leave(key);
            }
        }
    }
}
