package dev.paygateway.chaos.load;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./gateway load}: paced load with a history file. */
@Command(
        name = "load",
        description = "Pays at a fixed pace with every sandbox card and writes a history.",
        subcommands = {RacesCommand.class, RefundsCommand.class},
        mixinStandardHelpOptions = true)
public final class LoadCommand implements Callable<Integer> {
    @Mixin private RunFiles files;

    @Option(
            names = "--rate",
            paramLabel = "R",
            defaultValue = "50",
            description = "Payments a second (default: ${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            defaultValue = "60s",
            converter = Seconds.class,
            description = "How long, e.g. 300s (default: ${DEFAULT-VALUE}).")
    private Duration length;

    @Option(names = "--seed", paramLabel = "N", description = "Repeats a run's choices.")
    private Optional<Long> seed;

    @Option(
            names = "--mix",
            paramLabel = "all|ok",
            defaultValue = "all",
            converter = MixWord.class,
            description = "Cards to draw from (default: ${DEFAULT-VALUE}).")
    private Mix mix;

    @Option(
            names = "--clients",
            paramLabel = "N",
            defaultValue = "" + LoadOptions.CLIENTS_MAX,
            description = "Customers at the same time (default: ${DEFAULT-VALUE}).")
    private int clients;

    @Option(
            names = "--settle",
            paramLabel = "TIME",
            defaultValue = "180s",
            converter = Seconds.class,
            description = "How long open payments are followed at the end.")
    private Duration settle;

    @Option(names = "--json", description = "The result as JSON; progress goes to stderr.")
    private boolean json;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        var options = options();
        var out = spec.commandLine().getOut();
        var talk = json ? spec.commandLine().getErr() : out;
        talk.printf("load at %s/s for %d s, seed %d%n", rate, length.toSeconds(), options.seed());
        var result = run(options, talk);
        out.print(json ? Summary.json(result) + System.lineSeparator() : Summary.text(result));
        out.flush();
        return result.passed() ? 0 : 1;
    }

    private LoadResult run(LoadOptions options, PrintWriter talk) throws InterruptedException {
        try (var site = files.site(options.clientsMax());
                var progress = new ProgressLine(talk, Terminal.here())) {
            return LoadRun.run(options, site, Watch.real(), progress);
        }
    }

    private LoadOptions options() {
        try {
            return new LoadOptions(
                    rate,
                    length,
                    seed.orElseGet(() -> ThreadLocalRandom.current().nextLong(1, 1L << 31)),
                    mix,
                    clients,
                    settle,
                    files.history(),
                    Map.of("gateway", "0.1.0"));
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
        }
    }
}
