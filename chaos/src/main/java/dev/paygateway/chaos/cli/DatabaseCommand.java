package dev.paygateway.chaos.cli;

import dev.paygateway.chaos.lab.Lab;
import dev.paygateway.chaos.lab.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "database", description = "Backs the cluster up and restores it.")
final class DatabaseCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(
            name = "backup",
            description = "Copies a node while it works, by mariabackup; the last copy is kept.")
    int backup(
            @Mixin Place place,
            @Parameters(paramLabel = "NODE", description = "Such as east-database.") String node) {
        return timed(
                node + " is backed up", () -> Lab.attach(place.state()).cluster().backUp(node));
    }

    @Command(
            name = "restore",
            description = {
                "Empties all nodes and puts the last copy into one of them.",
                "Refused while a node or the arbitrator lives. What came after the copy is gone."
            })
    int restore(
            @Mixin Place place,
            @Parameters(paramLabel = "NODE", description = "Such as east-database.") String node) {
        return timed(
                "%1$s holds the backup; next: ./gateway start %1$s --new-cluster".formatted(node),
                () -> Lab.attach(place.state()).cluster().restore(node));
    }

    private int timed(String done, Runnable work) {
        var from = System.nanoTime();
        work.run();
        spec.commandLine().getOut().println("after " + Progress.since(from) + ": " + done);
        return ExitCode.OK;
    }
}
