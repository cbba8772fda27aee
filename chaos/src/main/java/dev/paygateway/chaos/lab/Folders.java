package dev.paygateway.chaos.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Objects;

/** Files and folders, private to the user. */
public final class Folders {
    private Folders() {}

    /** Makes a folder that only the user enters, with its parents. */
    public static Path make(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            return folder;
        } catch (IOException refused) {
            throw Commands.disk("cannot make " + folder, refused);
        }
    }

    /**
     * Replaces a file in one step by one that only the user reads (mode 600 from the first byte).
     */
    public static Path write(Path file, String content) {
        try {
            var folder = makeAround(file);
            var onlyUser =
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"));
            var fresh = Files.createTempFile(folder, ".new", "", onlyUser);
            Files.writeString(fresh, content);
            return Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException refused) {
            throw Commands.disk("cannot write " + file, refused);
        }
    }

    /** Makes the folder that a file is to stand in. */
    static Path makeAround(Path file) {
        return make(
                Objects.requireNonNull(file.toAbsolutePath().getParent(), "the root is no file"));
    }

    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException refused) {
            throw Commands.disk("cannot read " + file, refused);
        }
    }

    static void copy(Path from, Path to) {
        try (var tree = Files.walk(from)) {
            for (var file : tree.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)), LinkOption.NOFOLLOW_LINKS);
            }
        } catch (IOException refused) {
            throw Commands.disk("cannot copy " + from + " to " + to, refused);
        }
    }

    /** Removes a file or a whole folder; what is not there is fine. */
    public static void remove(Path file) {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (var tree = Files.walk(file)) {
            for (var each : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException refused) {
            throw Commands.disk("cannot remove " + file, refused);
        }
    }
}
