package dev.paygateway.chaos.fault.play;

import dev.paygateway.chaos.fault.manifest.Experiment;
import dev.paygateway.chaos.fault.manifest.Experiment.Network;
import dev.paygateway.chaos.fault.manifest.Experiment.Packets;
import dev.paygateway.chaos.fault.manifest.Manifest;
import java.nio.file.Path;

/** Knows who plays what. */
public final class Player {
    private final Stage stage;
    private final Manifest manifest;
    private final long seed;

    /** Plays faults of one manifest; the seed draws who is hit where not all are meant. */
    public Player(Stage stage, Manifest manifest, long seed) {
        this.stage = stage;
        this.manifest = manifest;
        this.seed = seed;
    }

    /**
     * How a fault would be made now.
     *
     * @param folder where what is needed until it is healed may be kept
     */
    public Plan plan(Experiment experiment, Path folder) {
        var context = new Context(stage, manifest, folder, seed);
        return switch (experiment) {
            case Experiment.Pod pod -> Processes.kill(pod, context);
            case Experiment.Freeze freeze -> Processes.freeze(freeze, context);
            case Network network -> network(network, context);
            case Experiment.Io io -> Disk.plan(io, context);
            case Experiment.Stress stress -> Stressors.plan(stress, context);
            case Experiment.Clock clock -> Clocks.plan(clock, context);
            case Experiment.Vault vault -> Vaults.plan(vault, context);
            case Experiment.Certificate certificate -> Certificates.plan(certificate, context);
            case Experiment.Dns dns -> Names.plan(dns, context);
            case Experiment.Acquirer acquirer -> Moods.plan(acquirer, context);
        };
    }

    private static Plan network(Network network, Context context) {
        return switch (network.packets()) {
            case Packets.Partition _, Packets.Loss _ -> Cuts.plan(network, context);
            case Packets.Delay delay -> Legs.delay(network, delay, context);
            case Packets.Bandwidth bandwidth -> Legs.bandwidth(network, bandwidth, context);
        };
    }
}
