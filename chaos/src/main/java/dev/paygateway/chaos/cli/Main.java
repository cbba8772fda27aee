package dev.paygateway.chaos.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What the launcher runs; a command is a subcommand of this one. */
@Command(
        name = "gateway",
        description = "Runs, loads, breaks and judges the payment gateway.",
        mixinStandardHelpOptions = true,
        version = "0.1.0")
public final class Main implements Runnable {
    private Main() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }
}
