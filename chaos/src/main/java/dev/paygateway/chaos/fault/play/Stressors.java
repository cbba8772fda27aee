package dev.paygateway.chaos.fault.play;

import dev.paygateway.chaos.fault.manifest.Experiment;

final class Stressors {
    private Stressors() {}

    static Plan plan(Experiment.Stress wanted, Context context) {
        throw context.refuse("kind", wanted.toString(), "not played yet");
    }
}
