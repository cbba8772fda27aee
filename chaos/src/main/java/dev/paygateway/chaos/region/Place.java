package dev.paygateway.chaos.region;

import com.google.errorprone.annotations.MustBeClosed;
import dev.paygateway.chaos.lab.RunEnvironment;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the lab is: an option that all commands have. */
final class Place {
    @Option(
            names = "--state",
            paramLabel = "FOLDER",
            defaultValue = ".gateway",
            description = "The lab's state folder (default: ${DEFAULT-VALUE}).")
    private Path state;

    /** The operator's desk there. */
    @MustBeClosed
    Desk desk() {
        return new Desk(RunEnvironment.read(state));
    }
}
