package dev.paygateway.chaos.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What was mounted inside a folder by somebody who did not live, or care, to take it back. */
public final class Mounts {
    private static final Path ALL = Path.of("/proc/self/mounts");
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private Mounts() {}

    /** Detaches all of it, the innermost first, so that the folders can be removed. */
    public static void detach(Path folder) {
        var whole = folder.toAbsolutePath().normalize();
        for (var place : below(whole, Folders.read(ALL)).reversed()) {
            var outcome = Commands.run(LIMIT, "umount", "--lazy", place);
            if (!outcome.fine()) {
                throw LabFailure.failed("cannot unmount " + place + ": " + outcome.output());
            }
        }
    }

    /** The places below a folder, in the order in which they were mounted. */
    static List<String> below(Path folder, String mounts) {
        return mounts.lines()
                .map(line -> line.split(" ", -1)[1])
                .filter(place -> Path.of(place).startsWith(folder))
                .toList();
    }
}
