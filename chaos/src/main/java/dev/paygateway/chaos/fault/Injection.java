package dev.paygateway.chaos.fault;

import dev.paygateway.chaos.fault.journal.FaultEvent;
import java.util.List;

/** Something that was begun and must be healed: one fault that bites, or a workflow on its way. */
public sealed interface Injection extends AutoCloseable permits Bite, Course {
    /** What the fault log has of it by now. */
    List<FaultEvent> events();

    /**
     * Waits until its time is over or somebody else healed it, then heals.
     *
     * @throws dev.paygateway.chaos.fault.play.FaultFailure when it did not do what it should
     */
    void await();

    /** Heals at once; may be called again. */
    @Override
    void close();
}
