package dev.paygateway.resource;

import com.google.errorprone.annotations.MustBeClosed;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

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
        return new Permit(this, new AtomicInteger());
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

    /** One permit in the hands of one thread, or of several. */
    public static final class Permit implements AutoCloseable {
        private final Permits permits;
        private final AtomicInteger hands;
        private final Holding holding;

        @MustBeClosed
        private Permit(Permits permits, AtomicInteger hands) {
            this.permits = permits;
            this.hands = hands;
            hands.incrementAndGet();
            this.holding = permits.holdings.enter(Kind.PERMIT, permits.name, this);
        }

        /**
         * Has work done by another thread, which holds the permit too: it is free again once both
         * have let go. Fails as the executor does.
         */
        @SuppressWarnings("MustBeClosedChecker") // closed by the thread that works
        public void share(Executor threads, Runnable work) {
            var shared = new Permit(permits, hands);
            try {
                threads.execute(() -> shared.during(work));
            } catch (RuntimeException | Error refused) {
                shared.close();
                throw refused;
            }
        }

        private void during(Runnable work) {
            try (this) {
                holding.moveHere();
                work.run();
            }
        }

        @Override
        public void close() {
            if (holding.strikeOff() && hands.decrementAndGet() == 0) {
                permits.free.release();
            }
        }
    }
}
