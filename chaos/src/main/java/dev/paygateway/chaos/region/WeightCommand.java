package dev.paygateway.chaos.region;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./gateway region weight east 10}: so much of its traffic it should get. */
@Command(name = "weight", description = "Gives a region a share of its traffic: 10, 50, 100 %.")
final class WeightCommand implements Callable<Integer> {
    private static final int MOST = 100;

    @Mixin private Place place;

    @Parameters(index = "0", paramLabel = "REGION", description = "east or north")
    private String region;

    @Parameters(index = "1", paramLabel = "PERCENT", description = "0 to 100")
    private int weight;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        if (weight < 0 || weight > MOST) {
            throw new ParameterException(
                    spec.commandLine(), "weight is %d: give 0 to %d".formatted(weight, MOST));
        }
        return Moving.move(place, region, weight, spec.commandLine().getOut());
    }
}
