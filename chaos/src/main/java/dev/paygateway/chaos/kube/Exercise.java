package dev.paygateway.chaos.kube;

/**
 * Something that is done to the cluster while merchants pay.
 *
 * @param name one word
 * @param what what is claimed of it
 */
record Exercise(String name, String what, Work work) {
    /** What is done; throws when it does not come out as claimed. */
    interface Work {
        /** What was seen, in a few words. */
        String on(Bench bench);
    }
}
