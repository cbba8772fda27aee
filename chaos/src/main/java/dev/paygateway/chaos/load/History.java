package dev.paygateway.chaos.load;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The client's own book, one JSON line for every HTTP request and one for its outcome.
 *
 * <p>A line is with the operating system before {@link #write} returns, so it outlives this
 * process; {@link #close} makes it outlive the machine.
 */
final class History implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path file;
    private final FileChannel channel;
    private final AtomicLong calls = new AtomicLong();

    @MustBeClosed
    private History(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Begins a new file.
     *
     * @throws UncheckedIOException it exists already, or cannot be written
     */
    @MustBeClosed
    static History create(Path file) {
        try {
            var folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            return new History(
                    file,
                    FileChannel.open(
                            file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        } catch (IOException failure) {
            throw new UncheckedIOException("history %s: not made".formatted(file), failure);
        }
    }

    Path file() {
        return file;
    }

    /** Counts HTTP requests from 1. */
    long nextCall() {
        return calls.incrementAndGet();
    }

    static ObjectNode line(String type) {
        return JSON.createObjectNode().put("type", type);
    }

    /** Puts the two clocks on a line: the wall's for other books, the monotonic for order. */
    static ObjectNode stamp(ObjectNode line) {
        return line.put("wall", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString())
                .put("mono_ns", System.nanoTime());
    }

    void write(ObjectNode line) {
        var bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            append(bytes);
        } catch (IOException failure) {
            throw new UncheckedIOException("history %s: not written".formatted(file), failure);
        }
    }

    @Override
    public void close() {
        try (channel) {
            channel.force(true);
        } catch (IOException failure) {
            throw new UncheckedIOException("history %s: not flushed".formatted(file), failure);
        }
    }

    private synchronized void append(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
