package dev.paygateway.chaos.audit.judge;

import java.util.List;

/** Every check there is. A law without one is reported as not yet checked, never as kept. */
public final class Checks {
    /** I1, which holds for each node of the database by itself. */
    public static final Check ACKNOWLEDGED_IS_KEPT = new AcknowledgedIsKept();

    public static final List<Check> ALL =
            List.of(
                    ACKNOWLEDGED_IS_KEPT,
                    new ChargedOnce(),
                    new BooksAgree(),
                    new AmountsInBounds(),
                    new ReplayGivesRow(),
                    new EventsGapless(),
                    new AnswerStable(),
                    new FailureHasNoEffect(),
                    new OutcomeNeverFlips(),
                    new NoHalfTransaction(),
                    new ReadsAreFresh(),
                    new ReadsAreMonotonic(),
                    new NothingLeftOpen(),
                    new NobodyUninvited());

    private Checks() {}
}
