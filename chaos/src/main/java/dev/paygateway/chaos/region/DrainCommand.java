package dev.paygateway.chaos.region;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./gateway region drain east}: its health goes red; it serves what still comes. */
@Command(name = "drain", description = "Takes a region's traffic away; weight 100 gives it back.")
final class DrainCommand implements Callable<Integer> {
    @Mixin private Place place;

    @Parameters(paramLabel = "REGION", description = "east or north")
    private String region;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        return Moving.move(place, region, 0, spec.commandLine().getOut());
    }
}
