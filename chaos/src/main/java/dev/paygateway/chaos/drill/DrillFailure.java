package dev.paygateway.chaos.drill;

import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** A drill that could not be played to its end. */
final class DrillFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DrillFailure(String message) {
        super(message);
    }

    /** With what {@code work} ends by as its cause. */
    DrillFailure(String message, Supplier<?> work) {
        super(message, causeOf(work));
    }

    private static Throwable causeOf(Supplier<?> work) {
        try {
            return new IllegalStateException("it gave " + work.get());
        } catch (CompletionException ended) {
            return ended.getCause() == null ? ended : ended.getCause();
        }
    }
}
