package dev.paygateway.resource;

import com.google.errorprone.annotations.MustBeClosed;
import java.util.Arrays;

/**
 * A key in the clear, in this process's memory alone: in the ledger for as long as it is there, and
 * overwritten on {@link #close}.
 *
 * <p>What it was made from, an answer of Vault, was text for a moment, and text cannot be
 * overwritten: the garbage collector does, sooner or later. The same holds for the password of a
 * credential, which the driver takes as text alone; it is worth nothing once its lease has ended.
 */
public final class SecretBytes implements AutoCloseable {
    private final byte[] bytes;
    private final Holding holding;

    /** Takes the array over. */
    @MustBeClosed
    SecretBytes(Holdings holdings, String name, byte[] bytes) {
        this.bytes = bytes;
        this.holding = holdings.enter(Kind.MEMORY, name, this);
    }

    /** For one use, to be overwritten after it. */
    public synchronized byte[] copy() {
        if (!holding.isOpen()) {
            throw new IllegalStateException("the " + holding.name() + " is gone");
        }
        return bytes.clone();
    }

    @Override
    public synchronized void close() {
        Arrays.fill(bytes, (byte) 0);
        holding.strikeOff();
    }
}
