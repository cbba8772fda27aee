package dev.paygateway.chaos.kube;

import dev.paygateway.chaos.load.LoadResult;

/**
 * Something that is done to the cluster while merchants pay.
 *
 * @param name one word
 * @param what what is claimed of it
 */
record Exercise(String name, String what, Failures failures, Work work) {
    /** Of one that fails no payment. */
    Exercise(String name, String what, Work work) {
        this(name, what, Failures.NONE, work);
    }

    /** Payments that fail though the merchant repeated them. */
    enum Failures {
        NONE,

        /** What is away, is so for as long as a merchant tries: they are counted, and no more. */
        COUNTED
    }

    /** What is done; throws when it does not come out as claimed. */
    interface Work {
        /** What was seen, in a few words. */
        String on(Bench bench);
    }

    /** Whether the merchants fared no worse than they may. */
    boolean allows(LoadResult load) {
        return load.passed() && (failures == Failures.COUNTED || load.failedOrdinary() == 0);
    }
}
