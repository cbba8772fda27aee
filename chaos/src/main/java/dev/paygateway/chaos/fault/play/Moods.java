package dev.paygateway.chaos.fault.play;

import dev.paygateway.chaos.fault.manifest.Experiment;

final class Moods {
    private Moods() {}

    static Plan plan(Experiment.Acquirer wanted, Context context) {
        throw context.refuse("kind", wanted.toString(), "not played yet");
    }
}
