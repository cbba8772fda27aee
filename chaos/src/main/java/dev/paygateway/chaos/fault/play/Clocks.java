package dev.paygateway.chaos.fault.play;

import dev.paygateway.chaos.fault.manifest.Experiment;

final class Clocks {
    private Clocks() {}

    static Plan plan(Experiment.Clock wanted, Context context) {
        throw context.refuse("kind", wanted.toString(), "not played yet");
    }
}
