package dev.paygateway.chaos.cli;

import dev.paygateway.chaos.lab.Lab;
import dev.paygateway.chaos.load.Seconds;
import dev.paygateway.chaos.recording.HeldReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "record",
        description = "Records what an instance holds: oldest holders, held times, leaks.")
final class RecordCommand implements Callable<Integer> {
    private static final DateTimeFormatter NOW =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private static final Duration LENGTH_MAX = Duration.ofHours(1);

    @Mixin private Place place;
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "An instance, e.g. gateway-1.")
    private String name;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            defaultValue = "10s",
            converter = Seconds.class,
            description = "How long, e.g. 30s or 5m (default: ${DEFAULT-VALUE}).")
    private Duration length;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The recording (default: recordings/NAME-UTC.jfr in the state folder).")
    private Optional<Path> out;

    @Option(names = "--json", description = "As one JSON document.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (!length.isPositive() || length.compareTo(LENGTH_MAX) > 0) {
            throw new ParameterException(spec.commandLine(), "--for: give 1s to 1h");
        }
        var file = out.orElseGet(this::file);
        Lab.attach(place.state()).record(name, length, file);
        var report = HeldReport.read(file);
        var print = spec.commandLine().getOut();
        print.println(json ? HeldText.json(file, report) : HeldText.of(file, report));
        print.flush();
        return ExitCode.OK;
    }

    private Path file() {
        return place.state()
                .resolve("recordings")
                .resolve("%s-%s.jfr".formatted(name, NOW.format(Instant.now())));
    }
}
