package dev.paygateway.chaos.lab;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Passwords that nobody chooses. */
final class Passwords {
    private static final int BYTES = 24;

    private Passwords() {}

    static String make() {
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
