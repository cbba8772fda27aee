package dev.paygateway.chaos.kube;

import dev.paygateway.chaos.lab.LabFailure;
import dev.paygateway.chaos.lab.Progress;
import dev.paygateway.chaos.load.PayCommand;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Up is what has made a payment. */
@Command(
        name = "up",
        description = "Builds what lacks (once, ~20 minutes of CPU), starts a cluster, pays once.")
final class UpCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(names = "--tools", description = "Only build and fetch what the cluster needs.")
    private boolean tools;

    @Option(names = "--chaos", description = "With Chaos Mesh in it, for the chaos exercises.")
    private boolean chaos;

    @Option(
            names = "--mesh",
            description = {
                "With Istio: sidecars, STRICT mutual TLS, merchants come by the edge.",
                "Builds ~7 minutes of CPU more, once."
            })
    private boolean mesh;

    @Option(
            names = "--image",
            paramLabel = "ARCHIVE",
            description = "The service's image, as docker save writes it; else one is made.")
    private Optional<Path> image = Optional.empty();

    @Override
    public Integer call() {
        Ground.requireMachine();
        var out = spec.commandLine().getOut();
        var ground = Ground.here();
        var cluster = new Cluster(ground, image, mesh, chaos, new Lines(out));
        cluster.install();
        if (tools) {
            return ExitCode.OK;
        }
        var from = System.nanoTime();
        cluster.start();
        var paid =
                new CommandLine(new PayCommand())
                        .setOut(out)
                        .execute("12.34", "CNY", "--state", ground.state().toString());
        if (paid != ExitCode.OK) {
            throw LabFailure.failed("the first payment was not made");
        }
        var took = Progress.since(from);
        out.printf("%nfrom built programs to the first payment: %s%n", took);
        cluster.equip();
        out.printf("load and audit take --state %s%n", ground.state());
        out.flush();
        return ExitCode.OK;
    }

    /** One line when a step begins, one when it is done. */
    private record Lines(PrintWriter out) implements Progress {
        @Override
        public void begins(String step) {
            out.println("  " + step + " ...");
            out.flush();
        }

        @Override
        public void ends(String step, Duration took) {
            out.println("  " + step + " ready after " + Progress.seconds(took));
            out.flush();
        }
    }
}
