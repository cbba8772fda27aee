package dev.paygateway.chaos.cli;

import picocli.CommandLine;

/** The launcher's commands for tests of other packages. */
public final class Commands {
    private Commands() {}

    /** A fresh one each time. */
    public static CommandLine line() {
        return Main.commandLine();
    }
}
