package dev.paygateway.chaos.lab;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Passwords that nobody chooses. */
public final class Passwords {
    private static final int BYTES = 24;

    private Passwords() {}

    public static String make() {
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /**
     * What MariaDB keeps of a password (mysql_native_password). A statement that names this instead
     * leaves nothing to find where statements are kept: Galera's cache, a binary log.
     */
    static String hashed(String password) {
        try {
            var sha1 = MessageDigest.getInstance("SHA-1");
            var once = sha1.digest(password.getBytes(StandardCharsets.UTF_8));
            return "*" + HexFormat.of().withUpperCase().formatHex(sha1.digest(once));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
