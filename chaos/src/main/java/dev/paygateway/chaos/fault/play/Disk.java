package dev.paygateway.chaos.fault.play;

import dev.paygateway.chaos.fault.manifest.Experiment.Calls;
import dev.paygateway.chaos.fault.manifest.Experiment.Io;
import dev.paygateway.chaos.fault.manifest.Vocabulary;
import dev.paygateway.chaos.fault.play.Proof.Reading;
import dev.paygateway.chaos.lab.Part;
import dev.paygateway.chaos.lab.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Makes the disk of a database full or slow. Where its data folder is a file system of its own,
 * full means full. Else strace answers the process's system calls, or holds them; when strace dies,
 * however it dies, the process goes on as before.
 */
final class Disk {
    private static final String DATABASE_VOLUME = "/var/lib/mysql";
    private static final int NO_SPACE = 28;
    private static final int PERCENT = 100;
    private static final long NANOS_PER_MICRO = 1_000;

    private Disk() {}

    static Plan plan(Io io, Context context) {
        var parts = context.living(io.selector());
        for (var part : parts) {
            if (part.role() != Role.DATABASE || !io.volume().equals(DATABASE_VOLUME)) {
                throw context.refuse(
                        "spec.volumePath",
                        io.volume(),
                        part.name() + " has no such volume; a database has " + DATABASE_VOLUME);
            }
        }
        var making = new Making(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (var part : parts) {
            var again = context.stage().startAgain(List.of(part.name()));
            making.undo().add(Shell.whenDead(Processes.process(part), again));
            if (full(io) && ownFileSystem(part)) {
                fill(part, making);
            } else {
                intercept(io, part, context, making);
            }
        }
        return new Plan(
                Context.names(parts),
                making.undo(),
                () -> making.injections().forEach(Runnable::run),
                making.proofs());
    }

    /** What a plan is put together from, part by part. */
    private record Making(List<String> undo, List<Runnable> injections, List<Proof> proofs) {}

    private static boolean full(Io io) {
        return io.calls().equals(new Calls.Fail(NO_SPACE)) && io.percent() == PERCENT;
    }

    /** MariaDB's working directory is its data folder. */
    private static String folder(Part part) {
        return "/proc/" + Processes.process(part).pid() + "/cwd";
    }

    private static boolean ownFileSystem(Part part) {
        var real = Shell.must("readlink -f " + folder(part));
        return Shell.must("stat -c %m " + Shell.word(real)).equals(real);
    }

    private static void fill(Part part, Making making) {
        var real = Shell.must("readlink -f " + folder(part));
        var filler = Shell.word(real + "/zz.fill");
        making.undo().add("rm -f " + filler);
        making.injections()
                .add(() ->
                        Shell.must(
                                ("fallocate -l $(df --output=avail -B1 %s | tail -1) %s ||"
                                                + " dd if=/dev/zero of=%s bs=1M; true")
                                        .formatted(Shell.word(real), filler, filler)));
        making.proofs()
                .add(
                        Proof.of(
                                "writing 64 KiB into the volume of " + part.name(),
                                () -> write(real),
                                (before, during) -> before.figure() == 1 && during.figure() == 0));
    }

    private static Reading write(String folder) {
        var file = Shell.word(folder + "/zz.probe");
        var outcome =
                Shell.run(
                        "bash",
                        "-c",
                        "head -c 65536 /dev/zero >%s; e=$?; rm -f %s; exit $e"
                                .formatted(file, file));
        return outcome.fine() ? new Reading("written", 1) : new Reading(outcome.output(), 0);
    }

    private static void intercept(Io io, Part part, Context context, Making making) {
        var name = "strace-" + part.name();
        var record = context.folder().resolve(name + ".calls");
        making.undo().add(Shell.end(context.folder(), name));
        var script = "exec " + Shell.words(strace(io, part, record, context)) + "\n";
        making.injections().add(() -> Shell.start(context.folder(), name, script));
        var mark = io.calls() instanceof Calls.Fail ? "(INJECTED)" : "(DELAYED)";
        making.proofs()
                .add(
                        Proof.of(
                                "system calls of "
                                        + part.name()
                                        + " on its disk that were "
                                        + told(io.calls()),
                                () -> counted(context.folder(), name, record, mark),
                                (before, during) -> during.figure() > before.figure()));
    }

    private static String told(Calls calls) {
        return switch (calls) {
            case Calls.Fail(var errno) -> "answered with errno " + errno;
            case Calls.Slow(var delay) -> "held for " + delay.toMillis() + " ms";
        };
    }

    private static List<String> strace(Io io, Part part, Path record, Context context) {
        if (PERCENT % io.percent() != 0) {
            throw context.refuse(
                    "spec.percent",
                    "" + io.percent(),
                    "every n-th call is met: give 50, 25, 20, 10..");
        }
        var calls = io.methods().isEmpty() ? Vocabulary.METHODS : io.methods();
        var names =
                calls.stream().map(Disk::systemCalls).distinct().collect(Collectors.joining(","));
        var effect =
                switch (io.calls()) {
                    case Calls.Fail(var errno) -> "error=" + errno;
                    case Calls.Slow(var delay) ->
                            "delay_enter=" + delay.toNanos() / NANOS_PER_MICRO;
                };
        var when = io.percent() == PERCENT ? "" : ":when=1+" + PERCENT / io.percent();
        var pid = Long.toString(Processes.process(part).pid());
        return List.of(
                "strace",
                "-qq",
                "-f",
                "-p",
                pid,
                "-o",
                record.toString(),
                "-e",
                "trace=" + names,
                "-e",
                "inject=" + names + ":" + effect + when);
    }

    /** Those on files: what also serves sockets and logs is left alone. */
    private static String systemCalls(String method) {
        return switch (method) {
            case "read" -> "pread64,preadv";
            case "write" -> "pwrite64,pwritev,fallocate";
            case "create" -> "creat,link,linkat,rename,renameat,renameat2";
            case "mknod" -> "mknod,mknodat";
            case "mkdir" -> "mkdir,mkdirat";
            case "setattr" -> "truncate,ftruncate,fchmod,utimensat";
            case "fsync" -> "fsync,fdatasync";
            case "flush" -> "msync,sync_file_range";
            default -> throw new IllegalStateException(method);
        };
    }

    private static Reading counted(Path folder, String name, Path record, String mark) {
        if (!Shell.runs(folder, name)) {
            return new Reading("0", 0);
        }
        var count =
                Shell.must(
                        "grep -cF %s %s; true"
                                .formatted(Shell.word(mark), Shell.word(record.toString())));
        var lines = count.lines().toList();
        var number = lines.getLast().matches("\\d+") ? Long.parseLong(lines.getLast()) : 0;
        return new Reading(Long.toString(number), number);
    }
}
