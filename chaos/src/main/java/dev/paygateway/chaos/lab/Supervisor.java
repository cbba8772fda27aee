package dev.paygateway.chaos.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Starts, awaits and ends processes. Each is in a session of its own, so that neither a Ctrl-C at
 * the launcher nor its end reaches it, and is recorded before anything is awaited of it.
 */
final class Supervisor {
    private static final Duration READY_LIMIT = Duration.ofMinutes(1);
    private static final Duration GATEWAY_READY_LIMIT = Duration.ofMinutes(2);

    private static final Duration NODE_READY_LIMIT = Duration.ofMinutes(3);

    /** The service's own 25 s of draining, and some. */
    private static final Duration TERM_LIMIT = Duration.ofSeconds(35);

    /** A second JVM assembles what the first has found out: some 10 s of one core. */
    private static final Duration WRITING_LIMIT = Duration.ofMinutes(3);

    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);
    private static final int LOG_LINES_SHOWN = 15;
    private static final int LOG_BYTES_READ_MAX = 64 * 1024;
    private static final Set<String> ENVIRONMENT_KEPT = Set.of("PATH", "HOME", "LANG", "TZ");

    private final State state;

    Supervisor(State state) {
        this.state = state;
    }

    /** What must be true before a part counts as started, and what must be done for it. */
    interface Ready {
        boolean check();
    }

    /** Starts a part and records it; not yet ready. */
    Part spawn(Part part) {
        return spawn(part, List.of());
    }

    /** The same with more arguments, for this start alone. */
    Part spawn(Part part, List<String> arguments) {
        Plumbing.beforeStart(part);
        var id = ProcessId.find(launch(part, arguments).pid());
        var running = part.running(id.orElseThrow(() -> endedWhileStarting(part)));
        state.put(running);
        return running;
    }

    /** Starts what ends by itself, and waits for its good end; it is no part afterwards. */
    void runToEnd(Part part) {
        var process = launch(part, List.of());
        ProcessId.find(process.pid()).ifPresent(id -> state.put(part.running(id)));
        var ended = Await.holds(GATEWAY_READY_LIMIT, () -> !process.isAlive());
        if (!ended || process.exitValue() != 0) {
            throw LabFailure.failed(
                    "%s %s; its log ends:\n%s"
                            .formatted(
                                    part.name(),
                                    ended
                                            ? "failed with exit code " + process.exitValue()
                                            : "does not come to its end",
                                    tail(part)));
        }
        state.forget(part.name());
    }

    private Process launch(Part part, List<String> arguments) {
        try {
            Folders.makeAround(part.log());
            var command = new ArrayList<String>(List.of("setsid"));
            part.namespace()
                    .ifPresent(name ->
                            command.addAll(List.of("nsenter", "--net=" + Plumbing.file(name))));
            command.addAll(part.command());
            command.addAll(arguments);
            var builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().keySet().retainAll(ENVIRONMENT_KEPT);
            builder.environment().put(Orphans.VARIABLE, state.site().run().toString());
            builder.redirectInput(Path.of("/dev/null").toFile());
            builder.redirectOutput(ProcessBuilder.Redirect.appendTo(part.log().toFile()));
            return builder.start();
        } catch (IOException refused) {
            throw LabFailure.failed(part.name() + " cannot be started: " + refused, refused);
        }
    }

    void await(Part part, Ready ready) {
        var limit = limit(part);
        var came = Await.holds(limit, () -> !part.alive() || (part.hasProduced() && ready.check()));
        if (!part.alive()) {
            throw endedWhileStarting(part);
        }
        // Not asked again: a node that joins a cluster is ready, and for a moment not.
        if (!came) {
            throw LabFailure.failed(
                    "%s did not become ready within %d s; its log ends:\n%s"
                            .formatted(part.name(), limit.toSeconds(), tail(part)));
        }
    }

    private static LabFailure endedWhileStarting(Part part) {
        return LabFailure.failed(
                part.name() + " ended while starting; its log ends:\n" + tail(part));
    }

    /** A node may have to take over everything from another before it serves. */
    private Duration limit(Part part) {
        return switch (part.role()) {
            case GATEWAY -> GATEWAY_READY_LIMIT;
            case DATABASE -> state.site().wan().isPresent() ? NODE_READY_LIMIT : READY_LIMIT;
            case NETWORK, ARBITRATOR, VAULT, AGENT, ACQUIRER, EDGE, DNS -> READY_LIMIT;
        };
    }

    void stop(Part part, Signal signal) {
        var process = part.process().orElseThrow();
        if (signal.ends()) {
            state.put(part.stoppedByHand(true));
            if (process.frozen()) {
                process.send(Signal.CONT.name());
            }
        }
        process.send(signal.name());
        if (!signal.ends()) {
            Await.holds(KILL_LIMIT, () -> process.frozen() == (signal == Signal.STOP));
            return;
        }
        var limit = signal == Signal.TERM ? TERM_LIMIT : KILL_LIMIT;
        if (!process.gone(limit)) {
            throw LabFailure.failed(
                    "%s (pid %d) still lives %d s after SIG%s; try --signal KILL"
                            .formatted(part.name(), process.pid(), limit.toSeconds(), signal));
        }
    }

    /** Asks a process to end, and waits until it has written down what it has found out. */
    void finish(Part part) {
        var process = part.process().orElseThrow();
        process.send(Signal.TERM.name());
        if (!process.gone(WRITING_LIMIT)) {
            throw LabFailure.failed(part.name() + " does not end; see " + part.log());
        }
    }

    /** Ends every process at once, without ceremony: nothing of a sandbox outlives it. */
    void killAll() {
        killAll(state.parts());
    }

    /** Ends these at once; they count as stopped by hand. */
    void killAll(List<Part> parts) {
        parts.forEach(part -> state.put(part.stoppedByHand(true)));
        var processes = parts.stream().flatMap(part -> part.process().stream()).toList();
        processes.forEach(process -> process.send(Signal.KILL.name()));
        for (var process : processes) {
            if (!process.gone(KILL_LIMIT)) {
                throw LabFailure.failed("process " + process.pid() + " cannot be killed");
            }
        }
    }

    static String tail(Part part) {
        try (var log = Files.newByteChannel(part.log())) {
            log.position(Math.max(0, log.size() - LOG_BYTES_READ_MAX));
            var end = Channels.newInputStream(log).readNBytes(LOG_BYTES_READ_MAX);
            var text = new String(end, UTF_8);
            var lines = text.lines().toList();
            var shown = lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size());
            return "  " + String.join("\n  ", shown);
        } catch (IOException none) {
            return "  (no log at " + part.log() + ")";
        }
    }
}
