package dev.paygateway.chaos.crash;

import dev.paygateway.chaos.lab.Await;
import dev.paygateway.chaos.lab.Commands;
import dev.paygateway.chaos.lab.Folders;
import dev.paygateway.chaos.lab.Mounts;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * A container engine of the test's own, where the POM's DOCKER_HOST says: it has no network but the
 * machine's, touches no rule of the firewall, and nothing of it is left when it is closed.
 */
final class Engine implements AutoCloseable {
    private static final Path FOLDER = Path.of("target", "engine").toAbsolutePath();
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int LINES_SHOWN = 3;

    private final Process process;

    private Engine(Process process) {
        this.process = process;
    }

    /** Aborts the test, and says why, where no engine can run. */
    static Engine start() throws IOException {
        if (Commands.onPath("dockerd").isEmpty()) {
            skip("this machine has no dockerd: apt-get install docker.io");
        }
        if (!System.getProperty("user.name").equals("root")) {
            skip("only root can start dockerd");
        }
        remove();
        Files.createDirectories(FOLDER);
        var log = FOLDER.resolveSibling("engine.log");
        var process =
                new ProcessBuilder(command())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        if (!Await.holds(LIMIT, () -> answers() || !process.isAlive()) || !process.isAlive()) {
            process.destroy();
            var lines = Files.readAllLines(log);
            var last = lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size());
            skip("dockerd does not run here: " + String.join("\n", last));
        }
        return new Engine(process);
    }

    private static List<String> command() {
        return List.of(
                "dockerd",
                "--host=unix://" + FOLDER.resolve("docker.sock"),
                "--data-root=" + FOLDER.resolve("data"),
                "--exec-root=" + FOLDER.resolve("exec"),
                "--pidfile=" + FOLDER.resolve("pid"),
                "--bridge=none",
                "--iptables=false",
                "--ip-forward=false");
    }

    private static boolean answers() {
        var address = UnixDomainSocketAddress.of(FOLDER.resolve("docker.sock"));
        try (var socket = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return socket.connect(address);
        } catch (IOException silence) {
            return false;
        }
    }

    private static void skip(String reason) {
        System.out.println("skipped: the container lane: " + reason);
        Assumptions.abort(reason);
    }

    @Override
    public void close() {
        process.destroy();
        if (!Await.holds(LIMIT, () -> !process.isAlive())) {
            throw new AssertionError("dockerd (" + process.pid() + ") does not end");
        }
        remove();
    }

    /** An engine leaves a mount of its own folder behind, and one of its network. */
    private static void remove() {
        Mounts.detach(FOLDER);
        Folders.remove(FOLDER);
    }
}
