package dev.paygateway.chaos.cli;

import dev.paygateway.chaos.lab.Lab;
import dev.paygateway.chaos.lab.Signal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "stop", description = "Sends parts a signal and waits for its effect.")
final class StopCommand implements Callable<Integer> {
    @Mixin private Place place;
    @Spec private CommandSpec spec;

    @Mixin private Named named;

    @Option(
            names = "--signal",
            description = "TERM (in order), KILL (at once), STOP (freeze), CONT (go on).")
    private Signal signal = Signal.TERM;

    @Override
    public Integer call() {
        var lab = Lab.attach(place.state());
        var names = named.in(lab, true);
        if (signal == Signal.KILL) {
            lab.kill(names);
        } else {
            names.forEach(name -> lab.stop(name, signal));
        }
        var out = spec.commandLine().getOut();
        names.forEach(name -> out.println(name + " " + lab.part(name).state()));
        return ExitCode.OK;
    }
}
