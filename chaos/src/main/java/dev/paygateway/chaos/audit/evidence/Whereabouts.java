package dev.paygateway.chaos.audit.evidence;

import java.util.Optional;

/**
 * Remembers for very many names in which part of the evidence their payment is, in 10 bytes each:
 * an open hash table that keeps 64 bits of a name in its place.
 *
 * <p>Two names that share these bits (one chance in millions at ten million names) would send
 * evidence to the wrong part, where it stands alone: the audit errs towards red.
 */
final class Whereabouts {
    private static final int CAPACITY_MIN = 1 << 10;
    private static final long FREE = 0;
    private static final long PRIME = 0x100000001b3L;
    private static final long BASIS = 0xcbf29ce484222325L;

    private long[] names = new long[CAPACITY_MIN];
    private short[] parts = new short[CAPACITY_MIN];
    private int size;

    /** What a name is the name of; the same text may name several things. */
    enum Kind {
        PAYMENT('p'),
        OPERATION('o'),
        KEY('k');

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }
    }

    static long hash(Kind kind, String one, String two) {
        var hash = (BASIS ^ kind.letter) * PRIME;
        for (var index = 0; index < one.length(); index++) {
            hash = (hash ^ one.charAt(index)) * PRIME;
        }
        hash = (hash ^ Character.MAX_VALUE) * PRIME;
        for (var index = 0; index < two.length(); index++) {
            hash = (hash ^ two.charAt(index)) * PRIME;
        }
        return spread(hash);
    }

    static long hash(Kind kind, String name) {
        return hash(kind, name, "");
    }

    /** The last step of MurmurHash3: every bit of the input reaches every bit of the result. */
    private static long spread(long hash) {
        var mixed = hash;
        mixed = (mixed ^ (mixed >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        mixed ^= mixed >>> 33;
        return mixed == FREE ? 1 : mixed;
    }

    /** Who came first stays. */
    void putIfAbsent(long name, int part) {
        if (size * 3L >= names.length * 2L) {
            grow();
        }
        var at = place(name);
        if (names[at] == FREE) {
            names[at] = name;
            parts[at] = (short) part;
            size++;
        }
    }

    Optional<Integer> of(long name) {
        var at = place(name);
        return names[at] == FREE ? Optional.empty() : Optional.of((int) parts[at]);
    }

    private int place(long name) {
        var mask = names.length - 1;
        var at = (int) (name & mask);
        while (names[at] != FREE && names[at] != name) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private void grow() {
        var oldNames = names;
        var oldParts = parts;
        names = new long[oldNames.length * 2];
        parts = new short[oldNames.length * 2];
        for (var index = 0; index < oldNames.length; index++) {
            if (oldNames[index] != FREE) {
                var at = place(oldNames[index]);
                names[at] = oldNames[index];
                parts[at] = oldParts[index];
            }
        }
    }
}
