package dev.paygateway.chaos.audit.evidence;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Evidence on its way through a temporary file: written once, read once, in the same order. */
final class Spool implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 15;

    private static final byte ROW = 'r';
    private static final byte CALL = 'c';
    private static final byte BOOK = 'b';

    private final Path file;
    private final DataOutputStream out;
    private long items;

    /** Takes what is read back. */
    record Sink(Consumer<Row> rows, Consumer<Call> calls, Consumer<BookLine> book) {}

    @MustBeClosed
    private Spool(Path file, DataOutputStream out) {
        this.file = file;
        this.out = out;
    }

    @MustBeClosed
    static Spool create(Path file) {
        try {
            var stream = new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES);
            return new Spool(file, new DataOutputStream(stream));
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    void row(Row row) {
        write(ROW, () -> RowCodec.write(row, out));
    }

    void call(Call call) {
        write(CALL, () -> CallCodec.write(call, out));
    }

    void book(BookLine line) {
        write(BOOK, () -> BookCodec.write(line, out));
    }

    /** How many items were written. */
    long items() {
        return items;
    }

    private interface Writing {
        void write() throws IOException;
    }

    private void write(byte kind, Writing writing) {
        try {
            out.writeByte(kind);
            writing.write();
            items++;
        } catch (IOException full) {
            throw new UncheckedIOException("the audit's temporary folder: " + full, full);
        }
    }

    /** Hands everything back; nothing can be written after that. */
    void read(Pool pool, Sink sink) {
        try {
            out.close();
            var stream = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
            try (var in = new DataInputStream(stream)) {
                for (var left = items; left > 0; left--) {
                    item(new Packed(in, pool), sink);
                }
            }
        } catch (EOFException torn) {
            throw new BrokenEvidence(file + " was cut short by somebody else", torn);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void item(Packed in, Sink sink) throws IOException {
        switch (in.kind()) {
            case ROW -> sink.rows().accept(RowCodec.read(in));
            case CALL -> sink.calls().accept(CallCodec.read(in));
            case BOOK -> sink.book().accept(BookCodec.read(in));
            default -> throw new BrokenEvidence("a spool was changed by somebody else");
        }
    }

    @Override
    public void close() {
        try {
            out.close();
            Files.deleteIfExists(file);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
