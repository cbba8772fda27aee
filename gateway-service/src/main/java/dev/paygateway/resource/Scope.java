package dev.paygateway.resource;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.MustBeClosed;
import java.util.ArrayList;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Owns what a block acquires and releases it last-in first-out on every path out of the block. Of
 * one thread; not to be kept in a field.
 *
 * <p>What it owns stands in fields, and not in a list, as far as that goes: then nothing of a scope
 * escapes, and the compiler makes none ({@code docs/benchmarks.md}).
 */
public final class Scope implements AutoCloseable {
    private static final int IN_FIELDS = 8;
    private static final int CLOSED = -1;

    private final Consumer<Throwable> failedReleases;
    private int count;
    private @Nullable AutoCloseable first;
    private @Nullable AutoCloseable second;
    private @Nullable AutoCloseable third;
    private @Nullable AutoCloseable fourth;
    private @Nullable AutoCloseable fifth;
    private @Nullable AutoCloseable sixth;
    private @Nullable AutoCloseable seventh;
    private @Nullable AutoCloseable eighth;
    private @Nullable ArrayList<AutoCloseable> more;

    /**
     * Acquires one resource: a method reference to a {@code @MustBeClosed} method.
     *
     * @param <R> what is acquired
     * @param <X> how acquiring fails
     */
    @FunctionalInterface
    public interface Acquire<R extends AutoCloseable, X extends Exception> {
        /** The resource, owned by the caller from now on. */
        @MustBeClosed
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
    @SuppressWarnings("MustBeClosedChecker") // closed by close()
    public <R extends AutoCloseable, X extends Exception> R own(Acquire<R, X> acquire) throws X {
        makeRoom();
        var resource = acquire.acquire();
        take(resource);
        return resource;
    }

    /** In advance: what is acquired must not meet a lack of memory on its way in here. */
    private void makeRoom() {
        if (count == CLOSED) {
            throw new IllegalStateException("this scope is closed");
        }
        if (count >= IN_FIELDS) {
            more = more == null ? new ArrayList<>(IN_FIELDS) : more;
            more.ensureCapacity(count - IN_FIELDS + 1);
        }
    }

    private void take(AutoCloseable resource) {
        count++;
        switch (count) {
            case 1 -> first = resource;
            case 2 -> second = resource;
            case 3 -> third = resource;
            case 4 -> fourth = resource;
            case 5 -> fifth = resource;
            case 6 -> sixth = resource;
            case 7 -> seventh = resource;
            case IN_FIELDS -> eighth = resource;
            default -> Objects.requireNonNull(more).add(resource);
        }
    }

    /** Never throws: the work already has its outcome, and a failed release must not rewrite it. */
    @Override
    public void close() {
        if (count == CLOSED) {
            return;
        }
        count = CLOSED;
        if (more != null) {
            more.reversed().forEach(this::release);
        }
        release(eighth);
        release(seventh);
        release(sixth);
        release(fifth);
        release(fourth);
        release(third);
        release(second);
        release(first);
    }

    @SuppressWarnings("InterruptedExceptionSwallowed") // kept: the flag is set again
    private void release(@Nullable AutoCloseable resource) {
        if (resource == null) {
            return;
        }
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
