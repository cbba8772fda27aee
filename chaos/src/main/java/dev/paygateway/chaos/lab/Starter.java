package dev.paygateway.chaos.lab;

import java.util.List;

/** Starts the parts of a lab that is being brought up, and tells of it. */
final class Starter {
    private final State state;
    private final Supervisor supervisor;
    private final Progress progress;

    Starter(State state, Progress progress) {
        this.state = state;
        this.progress = progress;
        supervisor = new Supervisor(state);
    }

    void step(String name, Runnable work) {
        progress.step(name, work);
    }

    /** Starts a part as a step of its own. */
    void step(Part part, Https https) {
        progress.step(part.name(), () -> start(part, https));
    }

    Part spawn(Part part) {
        return supervisor.spawn(part);
    }

    Part start(Part part, Https https) {
        return start(part, List.of(), https);
    }

    /** {@code arguments} are for this start alone. */
    Part start(Part part, List<String> arguments, Https https) {
        var running = supervisor.spawn(part, arguments);
        await(running, https);
        return running;
    }

    void await(Part part, Https https) {
        supervisor.await(part, new Readiness(state, https).of(part));
    }

    void await(Part part, Supervisor.Ready ready) {
        supervisor.await(part, ready);
    }

    void runToEnd(Part part) {
        supervisor.runToEnd(part);
    }

    /** Lets a part come to its own end; it is none any more. */
    void finish(Part part) {
        supervisor.finish(part);
        state.forget(part.name());
    }

    /** Ends a part for good: it is none any more. */
    void end(Part part) {
        supervisor.stop(part, Signal.KILL);
        state.forget(part.name());
    }
}
