package dev.paygateway.resource;

import com.google.errorprone.annotations.MustBeClosed;

/** A lease whose row another module keeps: entered in the ledger, and given back once. */
public final class HeldLease implements AutoCloseable {
    private final Runnable release;
    private final Holding holding;

    @MustBeClosed
    HeldLease(Holdings holdings, String name, Runnable release) {
        this.release = release;
        this.holding = holdings.enter(Kind.LEASE, name, this);
    }

    @Override
    public void close() {
        if (holding.strikeOff()) {
            release.run();
        }
    }
}
