package dev.paygateway.chaos.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * One process of this machine, told apart from a later one with the same number.
 *
 * @param pid its number
 * @param startTicks when it started, in clock ticks since boot (field 22 of {@code /proc/PID/stat})
 */
public record ProcessId(long pid, long startTicks) {
    private static final Duration SIGNAL_LIMIT = Duration.ofSeconds(5);

    /** The fields after the command's name, which is in brackets and may hold anything. */
    private static final int STATE = 0;

    private static final int START_TICKS = 19;

    /** Empty when it has ended, and was waited for, already. */
    public static Optional<ProcessId> find(long pid) {
        var fields = stat(pid);
        return fields.length == 0
                ? Optional.empty()
                : Optional.of(new ProcessId(pid, Long.parseLong(fields[START_TICKS])));
    }

    /** Whether this very process runs or is frozen; a zombie is dead. */
    public boolean alive() {
        var fields = stat(pid);
        return fields.length > 0
                && Long.parseLong(fields[START_TICKS]) == startTicks
                && !fields[STATE].equals("Z")
                && !fields[STATE].equals("X");
    }

    public boolean frozen() {
        return alive() && stat(pid)[STATE].equals("T");
    }

    /**
     * Sends a signal by name, as {@code kill -s} knows it; a process that is gone is left alone.
     */
    public void send(String signal) {
        if (!alive()) {
            return;
        }
        if (signal.equals(Signal.KILL.name())) {
            // At once and not through a shell: a region's loss is one moment.
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            return;
        }
        Commands.run(SIGNAL_LIMIT, "sh", "-c", "kill -s " + signal + " " + pid + " 2>&1 || true");
    }

    /** Waits until it is gone; false if it still lives after {@code limit}. */
    public boolean gone(Duration limit) {
        return Await.holds(limit, () -> !alive());
    }

    private static String[] stat(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        } catch (IOException gone) {
            return new String[0];
        }
    }
}
