package dev.paygateway.chaos.kube;

import dev.paygateway.chaos.lab.Await;
import dev.paygateway.chaos.lab.Commands;
import dev.paygateway.chaos.lab.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Takes away all that a cluster made, also one that never came up. */
final class Removal {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Path MOUNTS = Path.of("/proc/mounts");

    /** Where containerd's shims listen, whatever containerd itself is told. */
    private static final String SHIMS = "/run/containerd/s";

    /** What would start anything anew goes first, what holds the state last. */
    private static final List<String> ORDER =
            List.of(
                    "kubelet",
                    "kube-proxy",
                    "kube-controller-manager",
                    "kube-scheduler",
                    "kube-apiserver");

    private final Ground ground;
    private final Programs programs;

    Removal(Ground ground) {
        this.ground = ground;
        programs = new Programs(ground);
    }

    void run() {
        ORDER.forEach(programs::end);
        endContainers();
        programs.end("containerd");
        programs.names().forEach(programs::end);
        unmount();
        network();
        controlGroups();
        var before = ground.run().resolve("sysctl.before");
        if (Files.exists(before)) {
            quietly("sysctl", "-qp", before.toString());
        }
        Traces.of(ground).remove();
        Folders.remove(ground.memory());
        Folders.remove(ground.run());
    }

    /**
     * Every process of a pod has this cluster's containerd for an ancestor's name: its shim is told
     * the socket's address.
     */
    private void endContainers() {
        var socket = ground.run().resolve("containerd.sock").toString();
        var shims =
                ProcessHandle.allProcesses()
                        .filter(each -> commandLine(each.pid()).contains(socket))
                        .filter(each -> commandLine(each.pid()).contains("containerd-shim"))
                        .toList();
        var sockets = shims.stream().flatMap(each -> sockets(each.pid())).distinct().toList();
        var pods = shims.stream().flatMap(ProcessHandle::descendants).toList();
        Stream.concat(pods.stream(), shims.stream()).forEach(ProcessHandle::destroyForcibly);
        Await.holds(
                LIMIT,
                () ->
                        Stream.concat(pods.stream(), shims.stream())
                                .noneMatch(ProcessHandle::isAlive));
        sockets.forEach(Folders::remove);
        quietly("rmdir", SHIMS, "/run/containerd");
    }

    /** Those of shims in a process's network: no other containerd's are in there. */
    private static Stream<Path> sockets(long pid) {
        return process(pid, "net/unix")
                .lines()
                .filter(line -> line.contains(" " + SHIMS + "/"))
                .map(line -> Path.of(line.substring(line.indexOf(SHIMS))));
    }

    private static String commandLine(long pid) {
        return process(pid, "cmdline");
    }

    private static String process(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file));
        } catch (IOException gone) {
            return "";
        }
    }

    private void unmount() {
        var mine = ground.run() + "/";
        mounts().filter(place -> place.startsWith(mine))
                .sorted(Comparator.reverseOrder())
                .forEach(place -> quietly("umount", "--lazy", place));
    }

    private static Stream<String> mounts() {
        try {
            return Files.readAllLines(MOUNTS).stream().map(line -> line.split(" ", -1)[1]);
        } catch (IOException unreadable) {
            throw Commands.disk("cannot read " + MOUNTS, unreadable);
        }
    }

    /** The link goes with the namespace, and the routes with the link. */
    private void network() {
        pods().forEach(name -> quietly("ip", "netns", "delete", name));
        if (Files.exists(Path.of("/run/netns", Ground.NAMESPACE))) {
            quietly("ip", "link", "delete", "gwkube0");
            quietly("ip", "netns", "delete", Ground.NAMESPACE);
        }
    }

    /** Those of pods: what has one of our addresses. */
    private static Stream<String> pods() {
        var begin = Ground.PODS.substring(0, Ground.PODS.lastIndexOf('.') + 1);
        var names = Commands.run(LIMIT, "ip", "netns", "list").printed().lines();
        return names.map(line -> line.split(" ", -1)[0])
                .filter(name -> name.startsWith("cni-"))
                .filter(name ->
                        Commands.run(LIMIT, "ip", "-n", name, "-4", "address")
                                .output()
                                .contains(" " + begin));
    }

    private static void controlGroups() {
        var root = Path.of("/sys/fs/cgroup");
        try (var tree = Files.walk(root, 2)) {
            tree.filter(folder -> folder.endsWith("kubepods")).forEach(Removal::removeGroup);
        } catch (IOException unreadable) {
            throw Commands.disk("cannot read " + root, unreadable);
        }
    }

    /** A group has files that nobody can remove, and goes with them. */
    private static void removeGroup(Path folder) {
        var empty = "find \"$0\" -depth -type d -exec rmdir {} +";
        quietly("sh", "-c", empty, folder.toString());
    }

    /** What is not there any more need not be taken away. */
    private static void quietly(String... command) {
        Commands.run(LIMIT, command);
    }
}
