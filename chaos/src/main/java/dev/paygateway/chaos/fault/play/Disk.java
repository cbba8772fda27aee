package dev.paygateway.chaos.fault.play;

import dev.paygateway.chaos.fault.manifest.Experiment;

final class Disk {
    private Disk() {}

    static Plan plan(Experiment.Io wanted, Context context) {
        throw context.refuse("kind", wanted.toString(), "not played yet");
    }
}
