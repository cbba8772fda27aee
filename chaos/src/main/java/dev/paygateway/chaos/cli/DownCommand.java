package dev.paygateway.chaos.cli;

import dev.paygateway.chaos.lab.Lab;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "down", description = "Ends every part; histories and reports stay, all else goes.")
final class DownCommand implements Callable<Integer> {
    @Mixin private Place place;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        var ended = Lab.down(place.state());
        spec.commandLine().getOut().println(ended ? "down" : "nothing runs");
        return ExitCode.OK;
    }
}
