package dev.paygateway.chaos.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the commands find the checkout and the state of the lab. */
final class Place {
    @Option(
            names = "--state",
            paramLabel = "FOLDER",
            description = "Keep the lab's state there instead of in .gateway of the checkout.")
    private Path state = root().resolve(".gateway");

    Path state() {
        return state.toAbsolutePath().normalize();
    }

    /** The launcher names the checkout; without it, it is where we stand. */
    static Path root() {
        return Path.of(System.getProperty("gateway.root", "")).toAbsolutePath().normalize();
    }
}
