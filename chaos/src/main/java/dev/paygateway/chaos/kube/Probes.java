package dev.paygateway.chaos.kube;

import dev.paygateway.chaos.lab.LabFailure;
import dev.paygateway.chaos.lab.ProcessId;
import dev.paygateway.chaos.lab.Progress;
import java.time.Duration;
import java.util.stream.Stream;

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
                acquirers().map(pod -> service(new PodOnNode(bench, ACQUIRERS, pod))).toList();
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
        var process = service(new PodOnNode(bench, victim.name()));
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

    private Stream<String> acquirers() {
        var names = "jsonpath={.items[*].metadata.name}";
        var told = bench.kubectl().run("-n", ACQUIRERS, "get", "pods", "-o", names);
        return Stream.of(told.strip().split(" ", -1));
    }

    /** The one Java process of a pod: ours, or an acquirer. */
    private static ProcessId service(PodOnNode pod) {
        return pod.processes("java").stream()
                .findFirst()
                .flatMap(process -> ProcessId.find(process.pid()))
                .orElseThrow(() -> LabFailure.failed("a pod runs no service"));
    }
}
