package dev.paygateway.resource;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.MustBeClosed;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * Owns what a block acquires and releases it last-in first-out on every path out of the block. Of
 * one thread; not to be kept in a field.
 */
public final class Scope implements AutoCloseable {
    private static final int USUAL_COUNT = 4;

    private final ArrayDeque<AutoCloseable> owned = new ArrayDeque<>(USUAL_COUNT);
    private final Consumer<Throwable> failedReleases;

    /**
     * Acquires one resource: a method reference to a {@code @MustBeClosed} method.
     *
     * @param <R> what is acquired
     * @param <X> how acquiring fails
     */
    @FunctionalInterface
    public interface Acquire<R extends AutoCloseable, X extends Exception> {
        /** The resource, owned by the caller from now on. */
        R acquire() throws X;
    }

    /**
     * An empty scope.
     *
     * @param failedReleases is told of each release that failed; what it throws is dropped
     */
    @MustBeClosed
    public Scope(Consumer<Throwable> failedReleases) {
        this.failedReleases = failedReleases;
    }

    /** Acquires and owns in one expression, so that nothing is ever held and unowned. */
    @CanIgnoreReturnValue
    public <R extends AutoCloseable, X extends Exception> R own(Acquire<R, X> acquire) throws X {
        var resource = acquire.acquire();
        owned.push(resource);
        return resource;
    }

    /** Never throws: the work already has its outcome, and a failed release must not rewrite it. */
    @Override
    public void close() {
        while (!owned.isEmpty()) {
            release(owned.pop());
        }
    }

    @SuppressWarnings("InterruptedExceptionSwallowed") // kept: the flag is set again
    private void release(AutoCloseable resource) {
        try {
            resource.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            report(interrupted);
        } catch (Throwable failure) {
            report(failure);
        }
    }

    private void report(Throwable failure) {
        try {
            failedReleases.accept(failure);
        } catch (Throwable unreported) { // the rest must still be released
            if (!unreported.equals(failure)) {
                failure.addSuppressed(unreported);
            }
        }
    }
}
