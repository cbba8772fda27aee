package dev.paygateway.chaos.load;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./gateway load races}: many clients with one key. */
@Command(
        name = "races",
        description = "Races clients with one key over all instances: one payment, one answer.",
        mixinStandardHelpOptions = true)
final class RacesCommand implements Callable<Integer> {
    @Mixin private RunFiles files;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Races (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(
            names = "--racers",
            paramLabel = "N",
            defaultValue = "8",
            description = "Clients in each race (default: ${DEFAULT-VALUE}).")
    private int racers;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "4",
            description = "Races at the same time (default: ${DEFAULT-VALUE}).")
    private int parallel;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        var batch = new Batch(count, parallel, files.history());
        try (var site = files.site(Math.max(1, racers * parallel))) {
            var verdict = Races.run(site, batch, racers);
            var out = spec.commandLine().getOut();
            out.printf(
                    "races      %,d of %d clients with one key%n"
                            + "divided    %,d (more than one payment)%n"
                            + "different  %,d (final answers not the same bytes)%n"
                            + "open       %,d (some client without a final answer)%n"
                            + "history    %s%n",
                    verdict.races(),
                    verdict.clients(),
                    verdict.divided(),
                    verdict.different(),
                    verdict.open(),
                    batch.history());
            out.flush();
            return verdict.passed() ? 0 : 1;
        }
    }
}
