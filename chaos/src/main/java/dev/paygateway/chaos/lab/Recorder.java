package dev.paygateway.chaos.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Has an instance record its own ledger of resources, through the JDK's own attach. */
final class Recorder {
    /** The first recording of a JVM prepares its classes: a second or two. */
    private static final Duration COMMAND_LIMIT = Duration.ofSeconds(30);

    /** A recording that nobody comes back for ends by itself so much later. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    private static final String SIZE_MAX = "64m";
    private static final List<String> EVENTS = List.of("Held", "Open", "HeldTooLong", "Leaked");

    private Recorder() {}

    /** Records for {@code length}; {@code file} is replaced by one that only the user reads. */
    static void record(Part part, Duration length, Path file) {
        requireInstance(part);
        var name = "gateway-record-" + System.nanoTime();
        var start = new ArrayList<String>();
        start.addAll(List.of("JFR.start", "name=" + name, "settings=none", "maxsize=" + SIZE_MAX));
        start.add("duration=" + length.plus(GRACE).toSeconds() + "s");
        EVENTS.forEach(event -> start.add("+dev.paygateway." + event + "#enabled=true"));
        ask(part, start);
        if (Await.holds(length, () -> !part.alive())) {
            throw LabFailure.failed(part.name() + " ended while it was recorded");
        }
        makeEmpty(file);
        ask(part, List.of("JFR.stop", "name=" + name, "filename=" + file.toAbsolutePath()));
        if (file.toFile().length() == 0) {
            Folders.remove(file);
            throw LabFailure.failed(part.name() + " wrote no recording");
        }
    }

    /** The JVM fills the file that it finds: so nobody else ever reads it. */
    private static void makeEmpty(Path file) {
        var onlyUser = PosixFilePermissions.fromString("rw-------");
        try {
            Files.createDirectories(
                    Objects.requireNonNull(
                            file.toAbsolutePath().getParent(), "the root is no file"));
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(onlyUser));
        } catch (IOException refused) {
            throw Commands.disk("cannot write " + file, refused);
        }
    }

    /** To attach is to signal: whoever does not expect that would die of it. */
    private static void requireInstance(Part part) {
        if (part.role() != Role.GATEWAY) {
            throw LabFailure.usage(
                    "%s is no JVM of the service (its role is %s); only instances can be recorded"
                            .formatted(part.name(), part.role()));
        }
        switch (part.state()) {
            case RUNNING -> {}
            case FROZEN ->
                    throw LabFailure.failed(
                            "%1$s is frozen; let it go on with: ./gateway stop %1$s --signal CONT"
                                    .formatted(part.name()));
            case STOPPED, DEAD ->
                    throw LabFailure.failed(
                            "%1$s does not run; start it with: ./gateway start %1$s"
                                    .formatted(part.name()));
        }
    }

    private static void ask(Part part, List<String> words) {
        var command = new ArrayList<String>();
        command.add(jcmd().toString());
        command.add(Long.toString(part.process().orElseThrow().pid()));
        command.addAll(words);
        var outcome = Commands.run(COMMAND_LIMIT, command.toArray(String[]::new));
        if (!outcome.fine()) {
            throw LabFailure.failed(
                    "%s refused %s: %s"
                            .formatted(part.name(), words.getFirst(), outcome.output().strip()));
        }
    }

    private static Path jcmd() {
        var program = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!Files.isExecutable(program)) {
            throw LabFailure.machineLacks(
                    "jcmd (a JDK has it, a JRE does not)", "apt-get install openjdk-25-jdk");
        }
        return program;
    }
}
