package dev.paygateway.edge;

import java.util.concurrent.atomic.AtomicReference;

/**
 * The one point at which a committed operation is either sent or given up, whoever is first: the
 * worker that would send it, or the caller whose time is up and who is about to be told "no".
 */
final class Handoff {
    private enum State {
        OPEN,
        TAKEN,
        WITHDRAWN
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);

    /** By the worker, after the first commit; false: the caller has been refused, send nothing. */
    boolean take() {
        return state.compareAndSet(State.OPEN, State.TAKEN);
    }

    /** By the caller; false: the operation is committed and on its way. */
    boolean withdraw() {
        return state.compareAndSet(State.OPEN, State.WITHDRAWN);
    }
}
