package dev.paygateway.chaos.fault.play;

import dev.paygateway.chaos.fault.manifest.Experiment;

final class Vaults {
    private Vaults() {}

    static Plan plan(Experiment.Vault wanted, Context context) {
        throw context.refuse("kind", wanted.toString(), "not played yet");
    }
}
