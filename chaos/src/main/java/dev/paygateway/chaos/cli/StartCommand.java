package dev.paygateway.chaos.cli;

import dev.paygateway.chaos.lab.Lab;
import dev.paygateway.chaos.lab.Progress;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "start", description = "Starts one part again and waits until it serves.")
final class StartCommand implements Callable<Integer> {
    @Mixin private Place place;
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "A part, as ./gateway status names it.")
    private String name;

    @Override
    public Integer call() {
        var from = System.nanoTime();
        Lab.attach(place.state()).start(name);
        var took = Duration.ofNanos(System.nanoTime() - from);
        spec.commandLine().getOut().println(name + " ready after " + Progress.seconds(took));
        return ExitCode.OK;
    }
}
