package dev.paygateway.chaos.region;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./gateway region}: where traffic should go. */
@Command(
        name = "region",
        description = "Shows the regions and moves traffic between them.",
        subcommands = {StatusCommand.class, DrainCommand.class, WeightCommand.class},
        mixinStandardHelpOptions = true)
public final class RegionCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
