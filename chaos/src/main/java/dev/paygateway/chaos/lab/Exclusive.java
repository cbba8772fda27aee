package dev.paygateway.chaos.lab;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * The right to change a lab, held by one command at a time; ends with the process at the latest.
 */
final class Exclusive implements AutoCloseable {
    private static final Duration WAIT = Duration.ofSeconds(10);

    private final FileChannel channel;

    @MustBeClosed
    private Exclusive(FileChannel channel) {
        this.channel = channel;
    }

    @MustBeClosed
    static Exclusive on(Path stateFolder) {
        try {
            var file = Folders.make(stateFolder).resolve("lock");
            var channel =
                    FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!Await.holds(WAIT, () -> locked(channel))) {
                channel.close();
                throw LabFailure.failed(
                        "another command is changing this lab; wait for it, or end it");
            }
            return new Exclusive(channel);
        } catch (IOException refused) {
            throw Commands.disk("cannot lock " + stateFolder, refused);
        }
    }

    private static boolean locked(FileChannel channel) {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException heldInThisProcess) {
            return false;
        } catch (IOException refused) {
            throw Commands.disk("cannot lock", refused);
        }
    }

    /** Closing the file gives the lock back. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException refused) {
            throw Commands.disk("cannot unlock", refused);
        }
    }
}
