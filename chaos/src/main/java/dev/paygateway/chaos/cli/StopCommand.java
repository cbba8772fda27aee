package dev.paygateway.chaos.cli;

import dev.paygateway.chaos.lab.Lab;
import dev.paygateway.chaos.lab.Signal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "stop", description = "Sends one part a signal and waits for its effect.")
final class StopCommand implements Callable<Integer> {
    @Mixin private Place place;
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "A part, as ./gateway status names it.")
    private String name;

    @Option(
            names = "--signal",
            description = "TERM (in order), KILL (at once), STOP (freeze), CONT (go on).")
    private Signal signal = Signal.TERM;

    @Override
    public Integer call() {
        var lab = Lab.attach(place.state());
        lab.stop(name, signal);
        spec.commandLine().getOut().println(name + " " + lab.part(name).state());
        return ExitCode.OK;
    }
}
