package dev.paygateway.chaos.audit.evidence;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Values as a spool holds them: read here, written by the static half. */
record Packed(DataInput in, Pool pool) {
    byte kind() throws IOException {
        return in.readByte();
    }

    String text() throws IOException {
        return pool.same(in.readUTF());
    }

    Optional<String> maybeText() throws IOException {
        return in.readBoolean() ? Optional.of(text()) : Optional.empty();
    }

    long number() throws IOException {
        return in.readLong();
    }

    OptionalLong maybeNumber() throws IOException {
        return in.readBoolean() ? OptionalLong.of(in.readLong()) : OptionalLong.empty();
    }

    boolean flag() throws IOException {
        return in.readBoolean();
    }

    Instant time() throws IOException {
        return Instant.ofEpochSecond(in.readLong(), in.readInt());
    }

    <E extends Enum<E>> E word(E[] words) throws IOException {
        return words[in.readByte()];
    }

    <E extends Enum<E>> Optional<E> maybeWord(E[] words) throws IOException {
        return in.readBoolean() ? Optional.of(word(words)) : Optional.empty();
    }

    static void text(DataOutput out, String text) throws IOException {
        out.writeUTF(text);
    }

    static void text(DataOutput out, Optional<String> text) throws IOException {
        out.writeBoolean(text.isPresent());
        if (text.isPresent()) {
            out.writeUTF(text.get());
        }
    }

    static void number(DataOutput out, OptionalLong number) throws IOException {
        out.writeBoolean(number.isPresent());
        if (number.isPresent()) {
            out.writeLong(number.getAsLong());
        }
    }

    static void time(DataOutput out, Instant time) throws IOException {
        out.writeLong(time.getEpochSecond());
        out.writeInt(time.getNano());
    }

    static <E extends Enum<E>> void word(DataOutput out, E[] words, E word) throws IOException {
        for (var index = 0; index < words.length; index++) {
            if (words[index] == word) {
                out.writeByte(index);
            }
        }
    }

    static <E extends Enum<E>> void word(DataOutput out, E[] words, Optional<E> word)
            throws IOException {
        out.writeBoolean(word.isPresent());
        if (word.isPresent()) {
            word(out, words, word.get());
        }
    }
}
