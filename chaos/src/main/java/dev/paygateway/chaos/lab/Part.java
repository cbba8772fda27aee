package dev.paygateway.chaos.lab;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One process of the lab, and all that is needed to start it again.
 *
 * @param name as the command line knows it
 * @param region whose part it is: {@code east}, {@code north}, {@code witness} or {@code outside}
 * @param namespace the network namespace that it runs in; empty: the machine's own
 * @param address host:port that it serves, or {@link #NOWHERE}
 * @param command the program and its arguments; never a secret, those are in files in memory
 * @param log where its output goes, appended
 * @param ready what must answer well before it counts as started: {@code https:} by a 2xx, {@code
 *     unix:} by a login through that socket, {@code file:} by what it produces alone
 * @param produces files that must be there too
 * @param process the running process, or the last one
 * @param stopped whether it was ended by hand
 */
public record Part(
        String name,
        Role role,
        String region,
        Optional<String> namespace,
        String address,
        List<String> command,
        Path log,
        URI ready,
        List<Path> produces,
        Optional<ProcessId> process,
        boolean stopped) {
    static final String NOWHERE = "-";

    /** How a part stands. */
    public enum State {
        RUNNING,
        FROZEN,
        /** Ended by `stop`. */
        STOPPED,
        /** Ended by nobody's wish. */
        DEAD;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Part {
        command = List.copyOf(command);
        produces = List.copyOf(produces);
    }

    public State state() {
        if (process.filter(ProcessId::frozen).isPresent()) {
            return State.FROZEN;
        }
        if (alive()) {
            return State.RUNNING;
        }
        return stopped ? State.STOPPED : State.DEAD;
    }

    public boolean alive() {
        return process.filter(ProcessId::alive).isPresent();
    }

    /** What a manifest of Kubernetes selects it by; its pods there carry the same. */
    public Map<String, String> labels() {
        return Map.of(
                "app.kubernetes.io/name",
                "payment-gateway",
                "app.kubernetes.io/component",
                role.toString(),
                "paygateway.dev/region",
                region,
                "paygateway.dev/part",
                name);
    }

    boolean hasProduced() {
        return produces.stream().allMatch(Files::exists);
    }

    /** The same part, serving at that host:port. */
    Part at(String hostAndPort) {
        return new Part(
                name,
                role,
                region,
                namespace,
                hostAndPort,
                command,
                log,
                ready,
                produces,
                process,
                stopped);
    }

    /** The same part with another condition of being started. */
    Part readyWhen(URI answers, List<Path> exist) {
        return new Part(
                name, role, region, namespace, address, command, log, answers, exist, process,
                stopped);
    }

    Part running(ProcessId id) {
        return with(Optional.of(id), false);
    }

    Part stoppedByHand(boolean byHand) {
        return with(process, byHand);
    }

    private Part with(Optional<ProcessId> id, boolean byHand) {
        return new Part(
                name, role, region, namespace, address, command, log, ready, produces, id, byHand);
    }

    @Override
    public String toString() {
        return name + " (" + role + ", " + state() + ")";
    }
}
