package dev.paygateway.chaos.fault.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Every kind, action and field that is known, and how it is played or why it is refused: one table,
 * {@code vocabulary.txt}, that the parser refuses by and the documentation is made of.
 */
public final class Vocabulary {
    /** Of a FUSE file system, as Chaos Mesh names them; those that can be met here. */
    public static final List<String> METHODS =
            List.of("read", "write", "create", "mknod", "mkdir", "setattr", "fsync", "flush");

    /** What an acquirer can be made to do with an authorisation. */
    public static final List<String> MISBEHAVIOURS =
            List.of("answer-500", "hang", "reset", "late", "twice", "unavailable");

    private static final List<Row> ROWS = read();

    private Vocabulary() {}

    /**
     * One row.
     *
     * @param kind {@code *} for what stands in each
     * @param subject {@code action NAME}, or the path of a field below {@code spec}
     * @param played false: refused
     * @param text how it is played, or why it is refused and what to do instead
     * @param proof what is measured of an action, empty for a field
     */
    public record Row(String kind, String subject, boolean played, String text, String proof) {}

    public static List<Row> rows() {
        return ROWS;
    }

    /** Why a field is refused; {@code =NAME} asks for an action. Empty when nothing knows it. */
    static Optional<String> refused(String kind, String field) {
        var subject = field.startsWith("=") ? "action " + field.substring(1) : field;
        return ROWS.stream()
                .filter(row -> !row.played() && (row.kind().equals(kind) || row.kind().equals("*")))
                .filter(row -> row.subject().equals(subject))
                .map(Row::text)
                .findFirst();
    }

    /** Why a whole kind is refused. */
    static Optional<String> refusedKind(String kind) {
        return refused(kind, "-");
    }

    private static List<Row> read() {
        try (var file = Vocabulary.class.getResourceAsStream("vocabulary.txt")) {
            var text = new String(Objects.requireNonNull(file).readAllBytes(), UTF_8);
            return text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Vocabulary::row)
                    .toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Row row(String line) {
        var cells = List.of(line.split("\\s*\\|\\s*", -1));
        if (cells.size() != 5) {
            throw new IllegalStateException("not five cells: " + line);
        }
        var played = cells.get(2).equals("played");
        return new Row(cells.get(0), cells.get(1), played, cells.get(3), cells.get(4));
    }
}
