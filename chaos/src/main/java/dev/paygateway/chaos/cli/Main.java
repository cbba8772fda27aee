package dev.paygateway.chaos.cli;

import dev.paygateway.chaos.audit.AuditCommand;
import dev.paygateway.chaos.drill.DrillCommand;
import dev.paygateway.chaos.fault.FaultCommand;
import dev.paygateway.chaos.fault.manifest.ManifestRefused;
import dev.paygateway.chaos.fault.play.FaultFailure;
import dev.paygateway.chaos.image.ImageCommand;
import dev.paygateway.chaos.kube.KubeCommand;
import dev.paygateway.chaos.lab.LabFailure;
import dev.paygateway.chaos.lint.LintCommand;
import dev.paygateway.chaos.load.LoadCommand;
import dev.paygateway.chaos.load.PayCommand;
import dev.paygateway.chaos.region.RegionCommand;
import java.io.UncheckedIOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** What the launcher runs; a command is a subcommand of this one. */
@Command(
        name = "gateway",
        description = "Runs, loads, breaks and judges the payment gateway.",
        mixinStandardHelpOptions = true,
        version = "0.1.0",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            StopCommand.class,
            StartCommand.class,
            PayCommand.class,
            LoadCommand.class,
            AuditCommand.class,
            DrillCommand.class,
            RecordCommand.class,
            VaultCommand.class,
            DatabaseCommand.class,
            FaultCommand.class,
            RegionCommand.class,
            LintCommand.class,
            ImageCommand.class,
            KubeCommand.class,
        })
public final class Main implements Runnable {
    private static final Logger ROOT = Logger.getLogger("");

    private Main() {}

    public static void main(String[] args) {
        ROOT.setLevel(Level.WARNING); // the database's unpacking is no news
        System.exit(commandLine().execute(args));
    }

    /** 0 fine, 1 the thing failed, 2 usage, 3 the machine lacks something. */
    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setExecutionExceptionHandler((failure, line, _) -> explain(failure, line))
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    /** A failure that was foreseen is told in its own words; any other with its trace. */
    private static int explain(Exception failure, CommandLine line) {
        switch (failure) {
            case LabFailure told -> line.getErr().println("gateway: " + told.getMessage());
            case FaultFailure told -> line.getErr().println("gateway: " + told.getMessage());
            case ManifestRefused told -> line.getErr().println("gateway: " + told.getMessage());
            case UncheckedIOException disk ->
                    line.getErr().println("gateway: " + disk.getMessage());
            default -> failure.printStackTrace(line.getErr());
        }
        return switch (failure) {
            case LabFailure told -> told.kind().exitCode();
            case ManifestRefused _ -> ExitCode.USAGE;
            default -> ExitCode.SOFTWARE;
        };
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }
}
