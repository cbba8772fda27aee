package dev.paygateway.chaos.audit.secrecy;

import com.google.errorprone.annotations.MustBeClosed;
import dev.paygateway.chaos.audit.judge.Law;
import dev.paygateway.chaos.audit.judge.Ruling;
import dev.paygateway.chaos.audit.judge.Ruling.Breach;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Looks through one store after the other; what it finds it names, and never repeats. */
final class Search {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Needles needles;
    private final List<Breach> breaches = new ArrayList<>();
    private long stores;

    Search(List<Canary> canaries) {
        needles = new Needles(canaries);
    }

    /** Begins a store; what was found in it counts once it is closed. */
    @MustBeClosed
    Store open(String name) {
        return new Store(name);
    }

    Ruling ruling() {
        return new Ruling(Law.I20, stores, breaches);
    }

    /** One file, table or page. */
    final class Store implements AutoCloseable {
        private final String name;
        private final Map<String, Long> firstAt = new TreeMap<>();
        private final Map<String, Long> times = new TreeMap<>();
        private int state = Needles.START;
        private long at;

        @MustBeClosed
        private Store(String name) {
            this.name = name;
        }

        /** Bytes that follow each other to the stream's end. */
        void stream(InputStream bytes) throws IOException {
            var buffer = new byte[BUFFER_BYTES];
            for (var read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
                look(buffer, read);
            }
        }

        /** A text that touches no other. */
        void text(byte[] text) {
            state = Needles.START;
            look(text, text.length);
        }

        private void look(byte[] bytes, int length) {
            for (var index = 0; index < length; index++) {
                state = needles.after(state, bytes[index]);
                if (needles.isHit(state)) {
                    hit(at + index);
                }
            }
            at += length;
        }

        private void hit(long place) {
            for (var found : needles.hits(state)) {
                firstAt.putIfAbsent(found, place);
                times.merge(found, 1L, Long::sum);
            }
        }

        @Override
        public void close() {
            stores++;
            if (!firstAt.isEmpty()) {
                breaches.add(
                        new Breach(
                                name,
                                firstAt.keySet().stream().map(this::told).toList(),
                                List.of()));
            }
        }

        private String told(String found) {
            return "%s: %d times, first at byte %d"
                    .formatted(found, times.get(found), firstAt.get(found));
        }
    }
}
