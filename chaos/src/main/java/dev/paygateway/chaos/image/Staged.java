package dev.paygateway.chaos.image;

import dev.paygateway.chaos.lab.Folders;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.spi.ToolProvider;

/**
 * The files of the image before they are layers, each with the time that it has in there: an AOT
 * cache knows its jars by size and time.
 *
 * @param folder holds {@code base}, {@code opt/java} and {@code app}
 */
record Staged(Path folder) {
    static final Instant TIME = Instant.ofEpochSecond(1);

    /**
     * What the service and its libraries refer to, and what they find by name: java.desktop for its
     * beans, jdk.jfr to be looked into, jdk.management and jdk.net for metrics and sockets,
     * jdk.naming.dns, jdk.unsupported.
     */
    private static final String MODULES =
            "java.base,java.desktop,java.instrument,java.management,java.naming,java.net.http,"
                    + "java.security.jgss,java.sql,java.xml,jdk.jfr,jdk.management,jdk.naming.dns,"
                    + "jdk.net,jdk.unsupported";

    /** Nothing is drawn: without these, no library of a window system is needed. */
    private static final String DRAWING = "/java.desktop/lib/**";

    /**
     * Lays them out anew.
     *
     * @param target where Maven left the service's jar, its libraries and their list
     * @param ownBase whether the base is made here, of this machine's C library
     */
    static Staged make(Path folder, Path target, boolean ownBase) throws IOException {
        Folders.remove(folder);
        var staged = new Staged(folder);
        link(staged.runtime());
        var libraries = Files.createDirectories(staged.libraries());
        try (var jars = Files.list(target.resolve("lib"))) {
            for (var jar : jars.toList()) {
                Files.copy(jar, libraries.resolve(jar.getFileName()));
            }
        }
        Files.copy(target.resolve("gateway-service.jar"), staged.service());
        Files.createDirectories(staged.base());
        if (ownBase) {
            Libraries.into(staged.base(), List.of(staged.runtime()));
        }
        Inventory.write(target.resolve("bom.json"), staged);
        setTimes(folder);
        return staged;
    }

    private static void link(Path runtime) {
        var jlink = ToolProvider.findFirst("jlink").orElseThrow();
        var said = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        var exit =
                jlink.run(
                        said,
                        said,
                        "--add-modules",
                        MODULES,
                        "--strip-debug",
                        "--no-header-files",
                        "--no-man-pages",
                        "--exclude-files=" + DRAWING,
                        "--output",
                        runtime.toString());
        if (exit != 0) {
            throw new IllegalStateException("jlink failed with exit code " + exit);
        }
    }

    private static void setTimes(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.setLastModifiedTime(file, FileTime.from(TIME));
            }
        }
    }

    Path base() {
        return folder.resolve("base");
    }

    Path runtime() {
        return folder.resolve("opt/java");
    }

    Path libraries() {
        return folder.resolve("app/lib");
    }

    Path service() {
        return folder.resolve("app/gateway-service.jar");
    }

    Path inventory() {
        return folder.resolve("app/sbom.cdx.json");
    }
}
