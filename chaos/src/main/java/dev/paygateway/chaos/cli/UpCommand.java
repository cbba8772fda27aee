package dev.paygateway.chaos.cli;

import dev.paygateway.chaos.lab.Lab;
import dev.paygateway.chaos.lab.LabOptions;
import dev.paygateway.chaos.lab.Progress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "up", description = "Starts the sandbox: every part a real process.")
final class UpCommand implements Callable<Integer> {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    @Mixin private Place place;
    @Spec private CommandSpec spec;

    @Option(names = "--regions", paramLabel = "N", description = "How many regions: 1 or 2.")
    private int regions = 1;

    @Option(names = "--detach", description = "Return when all is ready, and leave it running.")
    private boolean detach;

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            description = "Add N to every port, beside another sandbox.")
    private int portOffset;

    @Option(
            names = "--no-gateways",
            description =
                    "Leave out the gateway instances: database, Vault, agents, acquirers only.")
    private boolean withoutGateways;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var running = Lab.find(place.state());
        if (running.isPresent()) {
            out.println("already up; ./gateway down ends it\n");
            StatusCommand.print(running.get(), out);
            return ExitCode.OK;
        }
        return detach ? detached(out) : foreground(out);
    }

    private int detached(PrintWriter out) {
        var end = endWithThisProcess(out);
        var lab = start(end);
        Runtime.getRuntime().removeShutdownHook(end);
        announce(lab, out);
        return ExitCode.OK;
    }

    private int foreground(PrintWriter out) {
        var end = endWithThisProcess(out);
        var lab = start(end);
        announce(lab, out);
        out.println("\nCtrl-C ends it (--detach leaves it running).");
        out.flush();
        try {
            while (lab.exists()) {
                Thread.sleep(LOOK_EVERY);
            }
        } catch (InterruptedException ending) {
            return ExitCode.OK;
        }
        Runtime.getRuntime().removeShutdownHook(end);
        out.println("the sandbox was ended by another command");
        return ExitCode.OK;
    }

    /** From now on, whatever ends this process - Ctrl-C, TERM - brings the lab down first. */
    private Thread endWithThisProcess(PrintWriter out) {
        var state = place.state();
        var starter = Thread.currentThread();
        var end = Thread.ofPlatform().unstarted(() -> end(state, starter, out));
        Runtime.getRuntime().addShutdownHook(end);
        return end;
    }

    private static void end(Path state, Thread starter, PrintWriter out) {
        out.println("\nending the sandbox");
        out.flush();
        starter.interrupt(); // a start that is under way gives up and takes back what it did
        Lab.down(state);
    }

    private Lab start(Thread end) {
        try {
            return start(spec.commandLine().getOut());
        } catch (RuntimeException failed) {
            if (!Thread.currentThread().isInterrupted()) {
                Runtime.getRuntime().removeShutdownHook(end);
            }
            throw failed;
        }
    }

    private Lab start(PrintWriter out) {
        var options =
                LabOptions.of(Place.root())
                        .withStateFolder(place.state())
                        .withRegions(regions)
                        .withPortOffset(portOffset);
        return Lab.up(withoutGateways ? options.withoutInstances() : options, new Steps(out));
    }

    private void announce(Lab lab, PrintWriter out) {
        var env = lab.env();
        var gateways = withoutGateways ? "no gateways" : env.require("GATEWAY_URLS");
        out.println("\nready: " + gateways + " (" + place.state().resolve("run/env") + ")");
        if (!withoutGateways) {
            out.println("\nA payment:\n" + FirstPayment.curl(env));
        }
        out.flush();
    }

    /** One line when a step begins, one when it is done; plain text, also on a terminal. */
    private record Steps(PrintWriter out) implements Progress {
        @Override
        public synchronized void begins(String step) {
            out.println("  " + step + " ...");
            out.flush();
        }

        @Override
        public synchronized void ends(String step, Duration took) {
            out.println("  " + step + " ready after " + Progress.seconds(took));
            out.flush();
        }
    }
}
