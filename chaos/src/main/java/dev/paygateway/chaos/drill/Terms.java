package dev.paygateway.chaos.drill;

import java.nio.file.Path;

/**
 * How a drill is to be played.
 *
 * @param root the checkout
 * @param state the folder of the lab, and of histories and reports
 * @param seed of the load and of the faults
 * @param here on the lab that is up, which stays up
 * @param keep leave the lab up afterwards
 * @param portOffset of its own lab
 */
record Terms(Path root, Path state, long seed, boolean here, boolean keep, int portOffset) {
    Path histories() {
        return state.resolve("history");
    }

    Path reports() {
        return state.resolve("reports").resolve("drills");
    }

    /** What is the running lab's, and goes with it. */
    Path run() {
        return state.resolve("run");
    }

    /** What the faults wrote about themselves. */
    Path faultLog() {
        return run().resolve("faults.jsonl");
    }
}
