package dev.paygateway.chaos.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The program of {@code istio/tool}, which turns the files of {@code istio/} into an Envoy's
 * configuration. Built once for each state of its sources; the first build compiles Istio.
 *
 * @param root the checkout
 * @param tools where the built program is kept
 */
record MeshTool(Path root, Path tools) {
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(30);
    private static final Duration ASK_LIMIT = Duration.ofSeconds(20);
    private static final int NAME_LENGTH = 12;

    /** The program or, where it cannot be made, why not. */
    record Built(Optional<Path> program, String lack) {}

    private Path sources() {
        return root.resolve("istio/tool");
    }

    /** Whether it is there without building. */
    boolean isBuilt() {
        return Files.isExecutable(target());
    }

    /** The program, built now unless it was before. */
    Built built() {
        if (isBuilt()) {
            return new Built(Optional.of(target()), "");
        }
        var go = go();
        if (go.isEmpty()) {
            return new Built(Optional.empty(), "no Go on PATH; apt-get install golang-go");
        }
        return build(go.get(), target());
    }

    private static Optional<Path> go() {
        return Commands.onPath("go")
                .filter(go -> Commands.run(ASK_LIMIT, go.toString(), "version").fine());
    }

    private Built build(Path go, Path target) {
        var fresh = Folders.makeAround(target).resolve("mesh.new");
        var build = "nice -n 10 env CGO_ENABLED=0 GOFLAGS=-buildvcs=false " + go + " -C ";
        var command = new ArrayList<>(List.of((build + sources()).split(" ", -1)));
        command.addAll(List.of("build", "-trimpath", "-ldflags=-s -w", "-o"));
        command.addAll(List.of(fresh.toString(), "."));
        var outcome = Commands.run(BUILD_LIMIT, command.toArray(String[]::new));
        if (!outcome.fine()) {
            return new Built(Optional.empty(), "go build failed: " + outcome.output().strip());
        }
        try {
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
            return new Built(Optional.of(target), "");
        } catch (IOException refused) {
            throw Commands.disk("cannot install " + target, refused);
        }
    }

    private Path target() {
        return tools.resolve("mesh-" + fingerprint()).resolve("mesh");
    }

    private String fingerprint() {
        try (var files = Files.list(sources())) {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var file : files.sorted().toList()) {
                digest.update(file.getFileName().toString().getBytes(UTF_8));
                digest.update(Files.readAllBytes(file));
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, NAME_LENGTH);
        } catch (IOException refused) {
            throw Commands.disk("cannot read " + sources(), refused);
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("every JDK has SHA-256", absent);
        }
    }
}
