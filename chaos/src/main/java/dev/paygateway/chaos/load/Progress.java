package dev.paygateway.chaos.load;

import java.util.function.IntSupplier;

/** Is told how a run goes. */
interface Progress {
    /** Tells nobody. */
    Progress SILENT =
            new Progress() {
                @Override
                public void arriving(Tally tally, IntSupplier busy) {}

                @Override
                public void settling(Tally tally, Settling settling) {}

                @Override
                public void ended() {}
            };

    /**
     * Customers arrive from now on.
     *
     * @param busy how many there are at the moment
     */
    void arriving(Tally tally, IntSupplier busy);

    /** All have arrived; what is open is followed up. */
    void settling(Tally tally, Settling settling);

    void ended();
}
