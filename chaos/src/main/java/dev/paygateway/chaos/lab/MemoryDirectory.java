package dev.paygateway.chaos.lab;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Where secrets live: a folder in memory, mode 700, one for each state folder of each user. */
public final class MemoryDirectory {
    private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");
    private static final int NAME_LENGTH = 12;

    private MemoryDirectory() {}

    /** The place that belongs to {@code stateFolder}; not made yet. */
    public static Path of(Path stateFolder) {
        var candidates = new String[] {System.getenv("XDG_RUNTIME_DIR"), "/dev/shm"};
        return Arrays.stream(candidates)
                .flatMap(name -> Optional.ofNullable(name).map(Path::of).stream())
                .filter(MemoryDirectory::usable)
                .findFirst()
                .map(root -> root.resolve("gateway-" + name(stateFolder)))
                .orElseThrow(() ->
                        LabFailure.machineLacks(
                                "a writable folder in memory (neither XDG_RUNTIME_DIR nor"
                                        + " /dev/shm is one), and secrets never go to disk",
                                "mount -t tmpfs -o mode=1777 tmpfs /dev/shm"));
    }

    private static boolean usable(Path root) {
        try {
            return Files.isWritable(root) && IN_MEMORY.contains(Files.getFileStore(root).type());
        } catch (IOException unknown) {
            return false;
        }
    }

    private static String name(Path stateFolder) {
        var text = System.getProperty("user.name") + ":" + stateFolder.toAbsolutePath().normalize();
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return new BigInteger(1, digest).toString(36).substring(0, NAME_LENGTH);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
