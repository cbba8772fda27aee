package dev.paygateway.chaos.lint;

import dev.paygateway.chaos.lab.Commands;
import dev.paygateway.chaos.lab.Shell;
import dev.paygateway.chaos.lab.Shell.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Installs programs, each once and of one version, by their ordinary package managers; nothing of
 * the system is changed.
 *
 * @param folder where they are kept
 */
public record Toolbox(Path folder) {
    private static final Pattern VERSION = Pattern.compile("(\\d+\\.\\d+[^\\s,]*)");

    /** What fills a folder; throws, and the folder does not come to be. */
    public interface Filling {
        void into(Path folder) throws IOException, Missing;
    }

    /** A program of a Go module. */
    public Tool go(String name, String version, String path) throws Missing {
        var made =
                kept(
                        name + "-" + version.replaceFirst("^v", ""),
                        target -> require(goIn(target).run("go", "install", path + "@" + version)));
        return new Tool(name, version, made.resolve(name));
    }

    /** A Go program of this tree; Go itself knows whether it is stale. */
    public Tool built(String name, Path source) throws Missing {
        var target = folder.resolve("own").resolve(name);
        require(goIn(source).run("go", "build", "-o", target, "."));
        return new Tool(name, "of this tree", target);
    }

    public Shell goIn(Path place) throws Missing {
        system("go", "install Go 1.25 or newer: https://go.dev/dl");
        return Shell.in(place)
                .with("CGO_ENABLED", "0")
                .with("GOBIN", place.toString())
                .with("GOFLAGS", "-trimpath -buildvcs=false -ldflags=-s")
                .with("GOWORK", "off");
    }

    /** A program of a Python distribution, in an environment of its own. */
    Tool python(String program, String distribution, String version) throws Missing {
        system("python3", "apt-get install python3 python3-venv");
        var made =
                kept(
                        distribution + "-" + version,
                        target -> {
                            var shell = Shell.in(target);
                            require(shell.run("python3", "-m", "venv", "--symlinks", "."));
                            var pinned = distribution + "==" + version;
                            require(shell.run("bin/python", "-m", "pip", "install", "-q", pinned));
                        });
        return new Tool(distribution, version, made.resolve("bin").resolve(program));
    }

    /** A program of the system, else of a Debian package that is unpacked here. */
    Tool debian(String program, String distribution) throws Missing {
        var path = Commands.onPath(program).orElse(null);
        if (path == null) {
            var made =
                    kept(
                            "debian-" + distribution,
                            target -> {
                                var shell = Shell.in(target);
                                require(shell.run("apt-get", "download", "-q", distribution));
                                require(shell.run("sh", "-c", "dpkg -x *.deb . && rm *.deb"));
                            });
            path = made.resolve("usr/bin").resolve(program);
        }
        return new Tool(program, versionOf(path, "--version"), path);
    }

    /** A program that has to be there. */
    public Tool system(String program, String remedy) throws Missing {
        var path = Commands.onPath(program);
        if (path.isEmpty()) {
            throw new Missing("there is no " + program + " here; " + remedy);
        }
        return new Tool(program, versionOf(path.get(), "version"), path.get());
    }

    /** A package of npm, unpacked. */
    Path npm(String name, String version) throws Missing {
        system("npm", "apt-get install npm");
        return kept(
                        name.replaceAll("[@/]", "") + "-" + version,
                        target -> {
                            var shell = Shell.in(target);
                            require(shell.run("npm", "pack", "--silent", name + "@" + version));
                            require(shell.run("sh", "-c", "tar xzf *.tgz && rm *.tgz"));
                        })
                .resolve("package");
    }

    /** The folder of a Go module, with all that it carries. */
    public Path module(String path, String version) throws Missing {
        var shell = goIn(folder);
        require(shell.run("go", "mod", "download", path + "@" + version));
        var cache = shell.run("go", "env", "GOMODCACHE").printed().strip();
        return Path.of(cache, path + "@" + version);
    }

    /** A folder that is filled once, whole or not at all. */
    public Path kept(String name, Filling filling) throws Missing {
        var target = folder.resolve(name);
        if (Files.isRegularFile(target.resolve(".whole"))) {
            return target;
        }
        try {
            Tree.remove(target);
            Files.createDirectories(target);
            filling.into(target);
            Files.createFile(target.resolve(".whole"));
            return target;
        } catch (IOException refused) {
            throw Commands.disk("cannot install " + name, refused);
        }
    }

    public static void require(Outcome outcome) throws Missing {
        if (!outcome.fine()) {
            var lines = outcome.lines();
            var last = lines.isEmpty() ? "it said nothing" : lines.getLast();
            throw new Missing("it cannot be installed here: " + last);
        }
    }

    private static String versionOf(Path program, String word) {
        var said = Shell.in(Path.of("/")).run(program, word).output();
        var version = VERSION.matcher(said);
        return version.find() ? version.group(1) : "of unknown version";
    }
}
