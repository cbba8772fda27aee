package dev.paygateway.chaos.fault.play;

import dev.paygateway.chaos.fault.manifest.Experiment;
import dev.paygateway.chaos.fault.play.Proof.Reading;
import dev.paygateway.chaos.lab.Await;
import dev.paygateway.chaos.lab.Part;
import dev.paygateway.chaos.lab.ProcessId;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Kills and freezes processes. */
final class Processes {

    private Processes() {}

    /** All at once, as the loss of a machine does; the lab's own start brings them back. */
    static Plan kill(Experiment.Pod pod, Context context) {
        var parts = context.living(pod.selector());
        var names = Context.names(parts);
        return new Plan(
                names,
                List.of(context.stage().startAgain(names)),
                () -> kill(parts, pod.grace()),
                parts.stream().map(part -> gone(part, context)).toList());
    }

    private static void kill(List<Part> parts, Duration grace) {
        if (!grace.isZero()) {
            signal("TERM", parts);
            Await.holds(grace, () -> parts.stream().noneMatch(Part::alive));
        }
        signal("KILL", parts.stream().filter(Part::alive).toList());
    }

    private static void signal(String signal, List<Part> parts) {
        if (!parts.isEmpty()) {
            Shell.must("kill -s " + signal + " " + numbers(parts) + " 2>/dev/null; true");
        }
    }

    private static String numbers(List<Part> parts) {
        return parts.stream()
                .map(part -> Long.toString(process(part).pid()))
                .collect(Collectors.joining(" "));
    }

    /** Looked up each time: after healing it is another process. */
    private static Proof gone(Part part, Context context) {
        return Proof.of(
                "process of " + part.name(),
                () -> {
                    var now = context.now(part.name());
                    var id = process(now);
                    return now.alive()
                            ? new Reading("runs, " + told(id), 1)
                            : new Reading("gone, " + told(id), 0);
                },
                (before, during) -> before.figure() == 1 && during.figure() == 0);
    }

    static Plan freeze(Experiment.Freeze freeze, Context context) {
        var parts = context.living(freeze.selector());
        return new Plan(
                Context.names(parts),
                parts.stream().map(Processes::thaw).toList(),
                () -> signal("STOP", parts),
                parts.stream().map(Processes::frozen).toList());
    }

    static String thaw(Part part) {
        var id = process(part);
        return Shell.whileAlive(id, "kill -s CONT " + id.pid());
    }

    private static Proof frozen(Part part) {
        var id = process(part);
        return Proof.of(
                "state of " + part.name() + ", " + told(id),
                () -> id.frozen() ? new Reading("stopped (T)", 1) : new Reading("runs", 0),
                (before, during) -> before.figure() == 0 && during.figure() == 1);
    }

    static ProcessId process(Part part) {
        return part.process()
                .orElseThrow(() -> new FaultFailure(part.name() + " has never been started"));
    }

    private static String told(ProcessId id) {
        return "pid %d, start ticks %d".formatted(id.pid(), id.startTicks());
    }
}
