package dev.paygateway.chaos.load;

import com.google.errorprone.annotations.MustBeClosed;
import dev.paygateway.chaos.lab.RunEnvironment;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the lab is and where the history goes: options that all runs have. */
final class RunFiles {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

    @Option(
            names = "--state",
            paramLabel = "FOLDER",
            defaultValue = ".gateway",
            description = "The lab's state folder (default: ${DEFAULT-VALUE}).")
    private Path state;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The history to write (default: history/load-UTC.jsonl there).")
    private Optional<Path> out;

    @Option(
            names = {"--via", "--regions"},
            paramLabel = "WAY",
            converter = Via.Word.class,
            description = "With two regions: both (default), dns, east or north.")
    private Optional<Via> via;

    /** The running lab, by the way asked for; the caller closes it. */
    @MustBeClosed
    Site site(int connectionsMax) {
        return Site.of(RunEnvironment.read(state), via, connectionsMax);
    }

    Path history() {
        return out.orElseGet(() ->
                state.resolve("history")
                        .resolve("load-%s.jsonl".formatted(NAME.format(Instant.now()))));
    }
}
