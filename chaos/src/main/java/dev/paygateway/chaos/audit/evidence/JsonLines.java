package dev.paygateway.chaos.audit.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file of JSON lines that a killed process may have left. A torn last line is what kill -9 leaves
 * and is passed over; a broken line with another behind it means that the file lies.
 */
final class JsonLines {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path file;
    private final Pool pool = Pool.ofPassing();
    private long line;
    private @Nullable BrokenEvidence torn;

    private JsonLines(Path file) {
        this.file = file;
    }

    static void read(Path file, Consumer<Fields> reader) {
        if (!Files.isRegularFile(file)) {
            throw new BrokenEvidence(file + " is not there: give the path of an existing file");
        }
        new JsonLines(file).read(reader);
    }

    private void read(Consumer<Fields> reader) {
        try (var lines = Files.newBufferedReader(file)) {
            for (var text = lines.readLine(); text != null; text = lines.readLine()) {
                line++;
                refuseTornMiddle();
                take(text, reader);
            }
        } catch (IOException unreadable) {
            throw new BrokenEvidence(file + " cannot be read: " + unreadable, unreadable);
        }
    }

    private void take(String text, Consumer<Fields> reader) {
        var place = file.getFileName() + " line " + line;
        try {
            var node = JSON.readTree(text);
            if (node.isObject()) {
                reader.accept(new Fields(node, place, pool));
                return;
            }
            torn = new BrokenEvidence(place + " is torn, and more follows it");
        } catch (JacksonException malformed) {
            torn = new BrokenEvidence(place + " is torn, and more follows it", malformed);
        }
    }

    private void refuseTornMiddle() {
        if (torn != null) {
            throw torn;
        }
    }
}
