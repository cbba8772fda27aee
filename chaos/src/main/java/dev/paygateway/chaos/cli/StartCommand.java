package dev.paygateway.chaos.cli;

import dev.paygateway.chaos.lab.Lab;
import dev.paygateway.chaos.lab.Progress;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "start", description = "Starts parts again and waits until they serve.")
final class StartCommand implements Callable<Integer> {
    @Mixin private Place place;
    @Spec private CommandSpec spec;

    @Mixin private Named named;

    @Override
    public Integer call() {
        var from = System.nanoTime();
        var lab = Lab.attach(place.state());
        var names = named.in(lab, false);
        lab.start(names);
        var took = Duration.ofNanos(System.nanoTime() - from);
        var out = spec.commandLine().getOut();
        out.println(String.join(", ", names) + " ready after " + Progress.seconds(took));
        return ExitCode.OK;
    }
}
