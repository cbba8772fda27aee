package dev.paygateway.chaos.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Processes of a lab that its state does not name: what a part started itself, and what was started
 * a moment before the launcher was killed. They are known by a variable of their environment.
 */
final class Orphans {
    static final String VARIABLE = "GATEWAY_LAB";

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private Orphans() {}

    /** Ends all that carry this lab's mark. */
    static void end(Path run) {
        if (!Await.holds(LIMIT, () -> killed(run).isEmpty())) {
            throw LabFailure.failed("these processes of the lab cannot be killed: " + of(run));
        }
    }

    private static List<ProcessHandle> killed(Path run) {
        var left = of(run);
        left.forEach(ProcessHandle::destroyForcibly);
        return left;
    }

    static List<ProcessHandle> of(Path run) {
        var mark = VARIABLE + "=" + run;
        return ProcessHandle.allProcesses().filter(process -> carries(process, mark)).toList();
    }

    private static boolean carries(ProcessHandle process, String mark) {
        try {
            var file = Path.of("/proc", Long.toString(process.pid()), "environ");
            var text = Files.readString(file, StandardCharsets.ISO_8859_1);
            return Arrays.asList(text.split("\0", -1)).contains(mark);
        } catch (IOException goneOrNotOurs) {
            return false;
        }
    }
}
