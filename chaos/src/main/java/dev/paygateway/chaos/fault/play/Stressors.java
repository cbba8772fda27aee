package dev.paygateway.chaos.fault.play;

import dev.paygateway.chaos.fault.manifest.Experiment.Stress;
import dev.paygateway.chaos.fault.play.Proof.Reading;
import dev.paygateway.chaos.lab.Part;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Takes CPU time or memory away from a part: workers beside it, in one control group with it, as
 * those of Chaos Mesh are in one pod. The group is as small as a container; the machine is spared.
 */
final class Stressors {
    /** A container's limit, which a process of the lab has not by itself. */
    static final String MEMORY_LIMIT = "paygateway.dev/memory-limit";

    private static final Path GROUPS = Path.of("/sys/fs/cgroup");
    private static final int QUOTA_MICROS = 100_000;
    private static final int PERCENT = 100;
    private static final double TICKS_PER_SECOND = 100;
    private static final double SECONDS_LEAST = 0.5;
    private static final Pattern LIMIT = Pattern.compile("(\\d{1,6})Mi");
    private static final long MEBI = 1 << 20;

    private final Stress stress;
    private final Context context;
    private final Part part;
    private final String name;
    private final List<String> undo = new ArrayList<>();
    private final List<Runnable> injections = new ArrayList<>();
    private final List<Proof> proofs = new ArrayList<>();

    private Stressors(Stress stress, Context context, Part part) {
        this.stress = stress;
        this.context = context;
        this.part = part;
        name = "stress-" + part.name();
    }

    static Plan plan(Stress stress, Context context) {
        var parts = context.living(stress.selector());
        var all = parts.stream().map(part -> new Stressors(stress, context, part)).toList();
        all.forEach(Stressors::prepare);
        return new Plan(
                Context.names(parts),
                all.stream().flatMap(each -> each.undo.stream()).toList(),
                () -> all.forEach(each -> each.injections.forEach(Runnable::run)),
                all.stream().flatMap(each -> each.proofs.stream()).toList());
    }

    private void prepare() {
        undo.add(
                Shell.whenDead(
                        Processes.process(part), context.stage().startAgain(List.of(part.name()))));
        var script = new StringBuilder();
        if (stress.cpuWorkers() > 0) {
            script.append(confine("cpu", "cpu.cfs_quota_us", QUOTA_MICROS));
            script.append(
                    "for i in $(seq %d); do %s & done\n".formatted(stress.cpuWorkers(), burner()));
            proofs.add(burnt());
        }
        if (stress.memoryWorkers() > 0) {
            script.append(memoryLimit());
            script.append(
                    ("for i in $(seq %d); do { head -c %d /dev/zero; sleep 100000; } |"
                                    + " tail >/dev/null & done\n")
                            .formatted(stress.memoryWorkers(), stress.bytes()));
            if (!context.manifest().annotations().containsKey(MEMORY_LIMIT)) {
                proofs.add(held()); // with a limit, the kernel may take the workers' memory away
            }
        }
        undo.add(Shell.end(context.folder(), name));
        injections.add(() -> Shell.start(context.folder(), name, script + "wait\n"));
    }

    /** Busy for so many of a hundred milliseconds. */
    private String burner() {
        if (stress.loadPercent() == PERCENT) {
            return "while :; do :; done";
        }
        return ("while :; do e=$((${EPOCHREALTIME/./}+%d));"
                        + " while ((${EPOCHREALTIME/./}<e)); do :; done; sleep %s; done")
                .formatted(stress.loadPercent() * 1_000, (PERCENT - stress.loadPercent()) / 1e3);
    }

    private String memoryLimit() {
        var limit = context.manifest().annotations().getOrDefault(MEMORY_LIMIT, "");
        if (limit.isEmpty()) {
            return "";
        }
        var found = LIMIT.matcher(limit);
        if (!found.matches()) {
            throw context.refuse(MEMORY_LIMIT, limit, "expected e.g. 64Mi");
        }
        proofs.add(killed());
        return confine("memory", "memory.limit_in_bytes", Long.parseLong(found.group(1)) * MEBI);
    }

    /** The lines that put the part and the workers into one group; undone before the group goes. */
    private String confine(String controller, String limit, long value) {
        var group = group(controller);
        var home = home(controller);
        undo.add(
                ("[ ! -d %1$s ] || { for i in 1 2 3 4 5; do for p in $(cat %1$s/cgroup.procs); do"
                                + " echo $p >%2$s/cgroup.procs; done; rmdir %1$s && break;"
                                + " sleep 0.2; done; ["
                                + " ! -d %1$s ]; }")
                        .formatted(group, home));
        return ("mkdir -p %1$s && echo %2$d >%1$s/%3$s && echo %4$d >%1$s/cgroup.procs &&"
                        + " echo $$ >%1$s/cgroup.procs || exit 1\n")
                .formatted(group, value, limit, Processes.process(part).pid());
    }

    private Path group(String controller) {
        if (!Files.isWritable(GROUPS.resolve(controller).resolve("cgroup.procs"))) {
            throw new FaultFailure("no control group can be made in " + GROUPS.resolve(controller));
        }
        return GROUPS.resolve(controller)
                .resolve(
                        "pg%08x-%s-%s"
                                .formatted(
                                        context.stage().run().hashCode(),
                                        Objects.requireNonNull(context.folder().getFileName()),
                                        part.name()));
    }

    /** Where the part is now, and comes back to. */
    private Path home(String controller) {
        var line =
                Shell.must(
                        "sed -n 's/^[0-9]*:%s:\\///p' /proc/%d/cgroup"
                                .formatted(controller, Processes.process(part).pid()));
        return GROUPS.resolve(controller).resolve(line);
    }

    private Proof burnt() {
        return Proof.of(
                "CPU time of the workers beside " + part.name(),
                this::secondsBurnt,
                (before, during) -> during.figure() >= SECONDS_LEAST);
    }

    private Reading secondsBurnt() {
        var ticks = Shell.run("bash", "-c", workers("awk '{s+=$14+$15} END {print s+0}'"));
        var seconds = ticks.fine() ? Double.parseDouble(ticks.output()) / TICKS_PER_SECOND : 0;
        return new Reading(String.format(Locale.ROOT, "%.1f s", seconds), seconds);
    }

    private Proof held() {
        return Proof.of(
                "memory of the workers beside " + part.name(),
                () -> {
                    var pages =
                            Shell.run("bash", "-c", workers("awk '{s+=$24} END {print s*4/1024}'"));
                    var mebi = pages.fine() ? Double.parseDouble(pages.output()) : 0;
                    return new Reading(String.format(Locale.ROOT, "%.0f MiB", mebi), mebi);
                },
                (before, during) -> during.figure() >= (double) stress.bytes() / MEBI / 2);
    }

    /** What the kernel says of those whose group (field 5 of stat) is the workers'. */
    private String workers(String sum) {
        return "read g t <%s/%s.pid && cat /proc/[0-9]*/stat 2>/dev/null | awk -v g=$g '$5==g' | %s"
                .formatted(Shell.word(context.folder().toString()), name, sum);
    }

    private Proof killed() {
        var counter = group("memory").resolve("memory.oom_control");
        return Proof.of(
                        "kills for want of memory, and " + part.name(),
                        () -> killed(counter),
                        (before, during) -> before.figure() == 0 && during.figure() == 1)
                .lasting();
    }

    private Reading killed(Path counter) {
        var kills = Shell.run("bash", "-c", "sed -n 's/^oom_kill //p' " + counter);
        var alive = Processes.process(part).alive();
        var text = (kills.fine() ? kills.output() : "0") + ", " + (alive ? "runs" : "gone");
        return new Reading(text, alive ? 0 : 1);
    }
}
