package dev.paygateway.chaos.fault.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paygateway.chaos.lab.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One fault's folder below {@code run/faults}: the commands that take it back stand there, on the
 * disk, before anything is broken; and a guardian watches over whoever breaks it.
 */
public final class Journal {
    private static final int FAULTS_MAX = 100_000;
    private static final Duration GUARDIAN_LIMIT = Duration.ofSeconds(10);
    private static final String STEPS = "steps";
    private static final String UNDO = "undo.sh";
    private static final String GUARDIAN = "guardian.sh";

    private final Path folder;

    private Journal(Path folder) {
        this.folder = folder;
    }

    /** A new fault, of the next number. */
    public static Journal begin(Path run) {
        for (int number = all(run).size() + 1; number < FAULTS_MAX; number++) {
            var made = make(run.resolve("faults"), "f-" + number);
            if (made.isPresent()) {
                return new Journal(made.get());
            }
        }
        throw new IllegalStateException("more than " + FAULTS_MAX + " faults in " + run);
    }

    /** Empty when another has it already. */
    private static Optional<Path> make(Path faults, String id) {
        try {
            Files.createDirectories(faults);
            return Optional.of(Files.createDirectory(faults.resolve(id)));
        } catch (FileAlreadyExistsException another) {
            return Optional.empty();
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot begin a fault in " + faults, refused);
        }
    }

    /** Every fault of a lab, in the order of their numbers. */
    public static List<Journal> all(Path run) {
        var faults = run.resolve("faults");
        if (!Files.isDirectory(faults)) {
            return List.of();
        }
        try (var folders = Files.list(faults)) {
            return folders.map(Journal::new)
                    .sorted(Comparator.comparingInt(Journal::number))
                    .toList();
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot read " + faults, refused);
        }
    }

    public String id() {
        return Objects.requireNonNull(folder.getFileName()).toString();
    }

    private int number() {
        return Integer.parseInt(id().substring("f-".length()));
    }

    /** Where a driver may keep what it needs until the fault is healed. */
    public Path folder() {
        return folder;
    }

    /**
     * Writes down how the fault is taken back, and sets a guardian over this process.
     *
     * @param steps commands of the shell, a line each, that may be run twice; undone from the last
     * @param limit after which the guardian heals although we live
     */
    public void arm(List<String> steps, Duration limit, FaultEvent event, FaultLog log) {
        for (var step : steps) {
            if (step.indexOf('\n') >= 0) {
                throw new IllegalArgumentException("a step is one line: " + step);
            }
        }
        resource(UNDO);
        resource(GUARDIAN);
        force("ending.json", FaultLog.ending(event));
        force(STEPS, steps.isEmpty() ? "" : String.join("\n", steps) + "\n");
        guard(limit, log);
    }

    private void guard(Duration limit, FaultLog log) {
        try {
            var own = Long.toString(ProcessHandle.current().pid());
            var seconds = Long.toString(limit.toSeconds() + 1);
            new ProcessBuilder(
                            "setsid",
                            "sh",
                            folder.resolve(GUARDIAN).toString(),
                            folder.toString(),
                            own,
                            seconds,
                            log.file().toString())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("guardian.log").toFile())
                    .start();
            if (!Await.holds(GUARDIAN_LIMIT, () -> guardian().isPresent())) {
                throw new IllegalStateException("no guardian came up in " + folder);
            }
        } catch (IOException refused) {
            throw new UncheckedIOException("no guardian can be set", refused);
        }
    }

    /** Takes the fault back; whether it is taken back now, by us or by another. */
    public boolean undo() {
        try {
            var undoing =
                    new ProcessBuilder("sh", folder.resolve(UNDO).toString(), folder.toString())
                            .redirectInput(Path.of("/dev/null").toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(undoLog().toFile()))
                            .start();
            return undoing.onExit().join().exitValue() == 0;
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot undo " + id(), refused);
        }
    }

    /** It has been taken back by other means: nobody has to any more. */
    public void settle() {
        force("undone", "");
        dismiss();
    }

    /** What the commands that took it back said. */
    public Path undoLog() {
        return folder.resolve("undo.log");
    }

    /** One that came to nothing leaves nothing. */
    public void discardUnarmed() {
        if (armed()) {
            return;
        }
        try (var left = Files.list(folder)) {
            for (var file : left.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot remove " + folder, refused);
        }
    }

    /** Whether it was armed: one that was not has broken nothing. */
    public boolean armed() {
        return Files.exists(folder.resolve(STEPS));
    }

    public boolean undone() {
        return Files.exists(folder.resolve("undone"));
    }

    /** Whether it falls to us to tell of the end; only once, and to one alone. */
    public boolean mayTell() {
        try {
            Files.createDirectory(folder.resolve("told"));
            return true;
        } catch (FileAlreadyExistsException another) {
            return false;
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot tell of " + id(), refused);
        }
    }

    /** The guardian has nothing to do any more: ends it with what it waits on. */
    public void dismiss() {
        guardian()
                .ifPresent(guardian -> {
                    var waiting = guardian.descendants().toList();
                    guardian.destroyForcibly();
                    waiting.forEach(ProcessHandle::destroyForcibly);
                });
    }

    /** The process that guards it, while there is one. */
    public Optional<ProcessHandle> guardian() {
        try {
            var pid = Files.readString(folder.resolve("guardian.pid")).strip();
            return ProcessHandle.of(Long.parseLong(pid)).filter(this::guards);
        } catch (IOException | NumberFormatException none) {
            return Optional.empty();
        }
    }

    private boolean guards(ProcessHandle process) {
        var arguments = process.info().arguments().orElse(new String[0]);
        return arguments.length > 1
                && arguments[0].equals(folder.resolve(GUARDIAN).toString())
                && arguments[1].equals(folder.toString());
    }

    private void resource(String name) {
        try (var script = Journal.class.getResourceAsStream(name)) {
            force(name, new String(Objects.requireNonNull(script).readAllBytes(), UTF_8));
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot write " + name, refused);
        }
    }

    /** On the disk when it returns. */
    private void force(String name, String text) {
        try (var channel =
                FileChannel.open(
                        folder.resolve(name),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            var bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot write " + folder.resolve(name), refused);
        }
    }
}
