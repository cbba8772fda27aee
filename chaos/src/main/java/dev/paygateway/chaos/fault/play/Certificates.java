package dev.paygateway.chaos.fault.play;

import dev.paygateway.chaos.fault.manifest.Experiment;

final class Certificates {
    private Certificates() {}

    static Plan plan(Experiment.Certificate wanted, Context context) {
        throw context.refuse("kind", wanted.toString(), "not played yet");
    }
}
