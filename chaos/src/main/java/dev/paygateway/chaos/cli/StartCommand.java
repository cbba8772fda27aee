package dev.paygateway.chaos.cli;

import dev.paygateway.chaos.lab.Lab;
import dev.paygateway.chaos.lab.Progress;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(name = "start", description = "Starts parts again and waits until they serve.")
final class StartCommand implements Callable<Integer> {
    @Mixin private Place place;
    @Spec private CommandSpec spec;

    @Mixin private Named named;

    @Option(
            names = "--new-cluster",
            description =
                    "The named database node begins a cluster of its own: after a restore, or"
                            + " when it alone is left. Refused while another voter lives.")
    private boolean isNewCluster;

    @Override
    public Integer call() {
        var from = System.nanoTime();
        var lab = Lab.attach(place.state());
        var names = named.in(lab, false);
        if (isNewCluster) {
            begin(lab, names);
        } else {
            lab.start(names);
        }
        var out = spec.commandLine().getOut();
        out.println(String.join(", ", names) + " ready after " + Progress.since(from));
        return ExitCode.OK;
    }

    private void begin(Lab lab, List<String> names) {
        if (names.size() != 1) {
            throw new ParameterException(
                    spec.commandLine(), "--new-cluster begins with one database node; name one");
        }
        lab.cluster().begin(names.getFirst());
    }
}
