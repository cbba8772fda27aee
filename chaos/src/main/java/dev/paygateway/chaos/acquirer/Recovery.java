package dev.paygateway.chaos.acquirer;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Reads the books of a former process from their start. */
final class Recovery {
    private static final Logger LOG = System.getLogger(Recovery.class.getName());
    private static final int LINE_BYTES_MAX = 4 * 1024;

    private final Path path;
    private final LineCodec codec;
    private long lines;
    private long bytesWhole;

    Recovery(Path path, LineCodec codec) {
        this.path = path;
        this.codec = codec;
    }

    /**
     * Replays every whole line, cuts off a torn last one and leaves the file ready to append.
     *
     * @return the number of whole lines
     * @throws IOException naming the line that is wrong
     */
    long replay(FileChannel file, Books.Replay replay) throws IOException {
        // Not closed: it would close the channel, which is still to be written.
        var in = new BufferedInputStream(Channels.newInputStream(file.position(0)), 1 << 16);
        var line = new ByteArrayOutputStream(512);
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            if (octet != '\n') {
                line.write(octet);
                requireBounded(line.size());
            } else {
                replay(line.toString(StandardCharsets.UTF_8), replay);
                bytesWhole += line.size() + 1;
                line.reset();
            }
        }
        cutTorn(file, line.size());
        return lines;
    }

    private void replay(String text, Books.Replay replay) throws IOException {
        try {
            var line = codec.read(text);
            if (line.number() != lines + 1) {
                throw new Malformed("n: expected " + (lines + 1) + ", found " + line.number());
            }
            replay.line(line);
            lines++;
        } catch (Malformed | IllegalStateException wrong) {
            throw new IOException(problem(String.valueOf(wrong.getMessage())), wrong);
        }
    }

    private void requireBounded(int bytes) throws IOException {
        if (bytes > LINE_BYTES_MAX) {
            throw new IOException(problem("longer than " + LINE_BYTES_MAX + " bytes"));
        }
    }

    private String problem(String what) {
        return "%s, line %d: %s; these books cannot be trusted, start with a new file"
                .formatted(path, lines + 1, what);
    }

    /** What has no line end was never acknowledged: the fsync covers the whole line. */
    private void cutTorn(FileChannel file, int bytesTorn) throws IOException {
        if (bytesTorn > 0) {
            LOG.log(
                    Level.WARNING,
                    "{0}: the last line is torn, its {1} bytes after line {2} are cut off",
                    path,
                    bytesTorn,
                    lines);
            file.truncate(bytesWhole);
            file.force(true);
        }
        file.position(bytesWhole);
    }
}
