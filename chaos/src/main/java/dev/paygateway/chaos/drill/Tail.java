package dev.paygateway.chaos.drill;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a file of JSON lines while another writes it: each line once, when it is whole. */
final class Tail {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int READ_BYTES_MAX = 1 << 22;

    private final Path file;
    private final Consumer<JsonNode> sink;
    private long read;

    Tail(Path file, Consumer<JsonNode> sink) {
        this.file = file;
        this.sink = sink;
    }

    /** Hands over what is new; a file that is not there yet has nothing. */
    synchronized void follow() {
        while (Files.exists(file) && more()) {
            // Goes on until a read ends within a line, or with the file.
        }
    }

    private boolean more() {
        try (var input = new RandomAccessFile(file.toFile(), "r")) {
            input.seek(read);
            var bytes = new byte[(int) Math.min(READ_BYTES_MAX, input.length() - read)];
            input.readFully(bytes);
            int whole = lastLineEnd(bytes);
            new String(bytes, 0, whole, StandardCharsets.UTF_8)
                    .lines()
                    .forEach(line -> sink.accept(JSON.readTree(line)));
            read += whole;
            return whole > 0 && bytes.length == READ_BYTES_MAX;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file + " cannot be read", unreadable);
        }
    }

    private static int lastLineEnd(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }
}
