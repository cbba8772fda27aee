package dev.paygateway.chaos.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a JVM has found out about the service's classes and methods (JEP 483, 514, 515), written
 * down as it ended; an instance that reads it is ready in half the time, as one of the image is. It
 * is good for these very jars and this JDK: other ones have another file.
 *
 * @param file of the checkout, for all its labs
 */
record StartCache(Path file) {
    private static final String PREFIX = "lab-";
    private static final int KEY_LENGTH = 16;

    static StartCache of(LabOptions options) {
        var target = options.root().resolve("gateway-service/target");
        var folder = options.root().resolve(".gateway/aot");
        return new StartCache(folder.resolve(PREFIX + key(target) + ".aot"));
    }

    /** The JVM holds a cache against paths, sizes and times of the jars, and so does the key. */
    private static String key(Path target) {
        var jdk = Path.of(System.getProperty("java.home"), "release");
        var service = target.resolve("gateway-service.jar");
        try (var libraries = Files.list(target.resolve("lib"))) {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var each : Stream.concat(Stream.of(jdk, service), libraries.sorted()).toList()) {
                var line = each + " " + Files.size(each) + " " + Files.getLastModifiedTime(each);
                digest.update(line.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, KEY_LENGTH);
        } catch (IOException unreadable) {
            throw Commands.disk("cannot read " + target, unreadable);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    boolean isThere() {
        return Files.exists(file);
    }

    /** For the JVM; a cache that it cannot use it tells of, and starts without. */
    List<String> arguments() {
        return isThere() ? List.of("-XX:AOTCache=" + file) : List.of();
    }

    /** Takes the place of those of older jars. */
    void keep(Path fresh) {
        try {
            var folder = Files.createDirectories(file.getParent());
            try (var all = Files.newDirectoryStream(folder, PREFIX + "*")) {
                for (var old : all) {
                    Files.deleteIfExists(old);
                }
            }
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException refused) {
            throw Commands.disk("cannot keep " + file, refused);
        }
    }
}
