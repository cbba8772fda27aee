package dev.paygateway.resource;

import com.google.errorprone.annotations.MustBeClosed;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** So many may do something at once. */
public final class Permits {
    private final Holdings holdings;
    private final String name;
    private final int countMax;
    private final Semaphore free;

    /** Permits that are entered in this ledger. */
    public Permits(Holdings holdings, String name, int countMax) {
        this.holdings = holdings;
        this.name = name;
        this.countMax = countMax;
        this.free = new Semaphore(countMax, true);
    }

    /** One of them. */
    @MustBeClosed
    public Permit take(Duration wait) throws Taken {
        if (!take(1, wait)) {
            throw new Taken("every permit of " + name);
        }
        return new Permit(this);
    }

    /** Takes all for good: true once nobody has any, false if that takes too long. */
    public boolean drain(Duration wait) {
        return take(countMax, wait);
    }

    private boolean take(int count, Duration wait) {
        try {
            return free.tryAcquire(count, wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** One permit in hand. */
    public static final class Permit implements AutoCloseable {
        private final Permits permits;
        private final Holding holding;

        @MustBeClosed
        private Permit(Permits permits) {
            this.permits = permits;
            this.holding = permits.holdings.enter(Kind.PERMIT, permits.name, this);
        }

        /** To be said by the thread that has been handed it. */
        public void takeOver() {
            holding.moveHere();
        }

        @Override
        public void close() {
            if (holding.strikeOff()) {
                permits.free.release();
            }
        }
    }
}
