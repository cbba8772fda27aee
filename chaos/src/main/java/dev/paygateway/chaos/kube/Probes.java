package dev.paygateway.chaos.kube;

import dev.paygateway.chaos.lab.LabFailure;
import dev.paygateway.chaos.lab.ProcessId;
import dev.paygateway.chaos.lab.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What the kubelet asks an instance, it asks about the process alone: what is away outside leaves
 * it ready, and one that hangs is taken out of the Service and then started anew.
 */
final class Probes {
    private static final String ACQUIRERS = "acquirers";
    private static final Duration AWAY = Duration.ofSeconds(15);
    private static final Duration OUT_LIMIT = Duration.ofMinutes(1);

    /** Six looks of liveness, the grace period of a probe, and air. */
    private static final Duration ANEW_LIMIT = Duration.ofMinutes(3);

    private final Bench bench;

    Probes(Bench bench) {
        this.bench = bench;
    }

    /**
     * For half as long as merchants try, so payments may fail; and longer than one is taken out.
     */
    String lookAtTheProcessAlone() {
        bench.awaitReady(Bench.INSTANCES);
        var processes =
                Ground.ACQUIRERS.keySet().stream()
                        .map(name -> process(ACQUIRERS, "--selector=app=" + name, "acquirer"))
                        .toList();
        processes.forEach(each -> each.send("STOP"));
        try {
            bench.staysReady(AWAY);
            return "ready for %s without an acquirer".formatted(Progress.seconds(AWAY));
        } finally {
            processes.forEach(each -> each.send("CONT"));
        }
    }

    String endWhatHangs() {
        bench.awaitReady(Bench.INSTANCES);
        var victim = bench.pods().stream().filter(Pod::isReady).findFirst().orElseThrow();
        var process = process(Chart.NAME, victim.name(), "gateway");
        var from = System.nanoTime();
        process.send("STOP");
        try {
            bench.await(
                    victim.name() + " is not ready while it hangs",
                    OUT_LIMIT,
                    () -> !now(victim).isReady());
            var out = Progress.since(from);
            bench.await(
                    victim.name() + " is started anew",
                    ANEW_LIMIT,
                    () -> now(victim).restarts() > victim.restarts());
            var anew = Progress.since(from);
            bench.awaitReady(Bench.INSTANCES);
            return "out after %s, started anew after %s, ready after %s"
                    .formatted(out, anew, Progress.since(from));
        } finally {
            process.send("CONT");
        }
    }

    private Pod now(Pod before) {
        return bench.pods().stream()
                .filter(pod -> pod.name().equals(before.name()))
                .findFirst()
                .orElseThrow(() -> LabFailure.failed(before.name() + " is gone"));
    }

    /** The first process of a container, which stands in the container's control group. */
    private ProcessId process(String namespace, String pod, String container) {
        var path = "jsonpath={..containerStatuses[?(@.name==\"" + container + "\")].containerID}";
        var told = bench.kubectl().run("-n", namespace, "get", "pods", pod, "-o", path);
        var id = told.strip().replaceFirst("^containerd://", "");
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> !id.isEmpty() && groups(pid).contains(id))
                .findFirst()
                .flatMap(ProcessId::find)
                .orElseThrow(() -> LabFailure.failed("no process is that of " + pod));
    }

    private static String groups(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "cgroup"));
        } catch (IOException gone) {
            return "";
        }
    }
}
