package dev.paygateway.chaos.acquirer;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.MustBeClosed;
import dev.paygateway.chaos.acquirer.LineCodec.Line;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The append-only file. Many callers share one fsync: while the disk works for some, the lines of
 * others gather, and the next fsync takes them all.
 *
 * <p>After a failed write or fsync nothing that follows can be trusted, so the books are then
 * broken for good: every caller gets an error, {@link #broken} tells the process to end.
 */
final class Books implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Books.class.getName());

    private final FileChannel file;
    private final LineCodec codec;
    private final Thread writer;
    private final CompletableFuture<IOException> broken = new CompletableFuture<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition gathered = lock.newCondition();
    private final Condition written = lock.newCondition();
    private ByteArrayOutputStream gathering = new ByteArrayOutputStream();
    private long linesAppended;
    private long linesDurable;
    private boolean isClosing;

    @MustBeClosed
    private Books(FileChannel file, LineCodec codec, long lines) {
        this.file = file;
        this.codec = codec;
        this.linesAppended = lines;
        this.linesDurable = lines;
        this.writer = Thread.ofPlatform().name("books").daemon().start(this::writeAll);
    }

    /** What to do with each line that a former process left behind. */
    @FunctionalInterface
    interface Replay {
        void line(Line line);
    }

    /**
     * Opens or creates the file, replays it, and cuts off a last line that was torn by a crash.
     *
     * @throws IOException if the file is in use, unreadable or not a whole book but for its last
     *     line
     */
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // handed on, or closed where that fails
    static Books open(Path path, String acquirer, Replay replay) throws IOException {
        var codec = new LineCodec(acquirer);
        var file = openLocked(path);
        try {
            long lines = new Recovery(path, codec).replay(file, replay);
            return new Books(file, codec, lines);
        } catch (IOException | RuntimeException unreadable) {
            file.close();
            throw unreadable;
        }
    }

    @MustBeClosed
    private static FileChannel openLocked(Path path) throws IOException {
        if (!Files.isDirectory(folder(path))) {
            throw new IOException(path + ": its folder does not exist; make it first");
        }
        var file =
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        try {
            if (Optional.ofNullable(file.tryLock()).isEmpty()) {
                throw new IOException(path + " is in use by another process; stop it first");
            }
            syncFolder(path);
            return file;
        } catch (IOException | RuntimeException failed) {
            file.close();
            throw failed;
        }
    }

    /** Makes the file's name durable, too. */
    private static void syncFolder(Path path) throws IOException {
        try (var channel = FileChannel.open(folder(path), StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Path folder(Path path) {
        return Optional.ofNullable(path.toAbsolutePath().getParent()).orElse(path);
    }

    /**
     * Appends facts, all in the same fsync. Callers are serialised by the ledger's lock.
     *
     * @return the number of the last line of all, to wait for
     */
    @CanIgnoreReturnValue
    long append(List<Fact> facts, Instant at) {
        lock.lock();
        try {
            for (var fact : facts) {
                linesAppended++;
                var text = codec.write(new Line(linesAppended, at, fact)) + "\n";
                gathering.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            }
            gathered.signal();
            return linesAppended;
        } finally {
            lock.unlock();
        }
    }

    /** The number of the last line appended so far, durable or not. */
    long appended() {
        lock.lock();
        try {
            return linesAppended;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until a line and all before it are on the disk.
     *
     * @throws IOException if they will never be, as far as anybody can tell
     */
    void awaitDurable(long line) throws IOException {
        lock.lock();
        try {
            while (linesDurable < line) {
                if (broken.isDone() || (isClosing && !writer.isAlive())) {
                    throw new IOException(
                            "the books are closed or broken; nothing may be answered");
                }
                written.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Completes with the reason when the books can no longer be written. */
    CompletableFuture<IOException> broken() {
        return broken.copy();
    }

    private void writeAll() {
        try {
            for (var batch = take(); batch.isPresent(); batch = take()) {
                var bytes = batch.get().bytes();
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
                file.force(false);
                acknowledge(batch.get().lastLine());
            }
        } catch (IOException failed) {
            breakOff(failed);
        }
    }

    /** Declares the books broken; who waits for a line gets an error. */
    void breakOff(IOException reason) {
        LOG.log(Level.ERROR, "the books are broken", reason);
        broken.complete(reason);
        acknowledge(0);
    }

    private record Batch(ByteBuffer bytes, long lastLine) {}

    /** The lines gathered, waiting for some; empty when closing and none is left. */
    private Optional<Batch> take() {
        lock.lock();
        try {
            while (gathering.size() == 0 && !isClosing) {
                gathered.awaitUninterruptibly();
            }
            if (gathering.size() == 0) {
                return Optional.empty();
            }
            var bytes = ByteBuffer.wrap(gathering.toByteArray());
            gathering = new ByteArrayOutputStream();
            return Optional.of(new Batch(bytes, linesAppended));
        } finally {
            lock.unlock();
        }
    }

    private void acknowledge(long line) {
        lock.lock();
        try {
            linesDurable = Math.max(linesDurable, line);
            written.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Writes what is gathered, then lets go of the file. */
    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            isClosing = true;
            gathered.signal();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        try {
            writer.join();
        } catch (InterruptedException _) {
            interrupted = true;
        }
        file.close();
        acknowledge(0);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
