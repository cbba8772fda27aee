package dev.paygateway.chaos.kube;

import dev.paygateway.chaos.lab.Folders;
import dev.paygateway.chaos.lab.LabFailure;
import dev.paygateway.chaos.lab.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What Chaos Mesh does to the cluster, in the order in which it is done. */
final class ChaosExercises {
    private static final String EXPERIMENTS = "chaos/experiments/";
    private static final String FAULTS = "chaos/kube/faults/";
    private static final Duration BITE_LIMIT = Duration.ofMinutes(2);
    private static final Duration HEAL_LIMIT = Duration.ofMinutes(6);
    private static final Duration GUARD_LIMIT = Duration.ofSeconds(30);
    private static final Duration STRESS_SEEN = Duration.ofSeconds(5);

    /** Nothing else is called so. 1.6 are asked for; where all are busy, the pod gets little. */
    private static final double CORES_MIN = 0.1;

    private static final Duration AHEAD_MIN = Duration.ofMillis(2_500);
    private static final double SLOWER_MIN = 3;

    static final List<Exercise> ALL =
            List.of(
                    new Exercise(
                            "chaos-guard",
                            "what is broken by hand without a name, or comes by day, is refused",
                            ChaosExercises::guard),
                    new Exercise(
                            "chaos-kill",
                            "an instance whose pod is killed fails no payment",
                            ChaosExercises::kill),
                    new Exercise(
                            "chaos-down",
                            "an instance that is away for a while fails no payment",
                            ChaosExercises::down),
                    new Exercise(
                            "chaos-crash",
                            "a service that is killed in its pod fails no payment",
                            ChaosExercises::crash),
                    new Exercise(
                            "chaos-cut",
                            "an instance that is cut off its database fails no payment",
                            ChaosExercises::cut),
                    new Exercise(
                            "chaos-narrow",
                            "a thin line from the database fails no payment",
                            ChaosExercises::narrow),
                    new Exercise(
                            "chaos-cpu",
                            "an instance without time to work fails no payment",
                            ChaosExercises::cpu),
                    new Exercise(
                            "chaos-clock",
                            "an instance whose clock is ahead fails no payment",
                            ChaosExercises::clock),
                    new Exercise(
                            "chaos-verdict",
                            "a scheduled workflow goes on while the audit finds nothing, and its"
                                    + " fault ends with the first violation",
                            bench -> new Night(bench).endsByTheVerdict()));

    /** Experiments that this lane does not play, and why. */
    static final String NOT_HERE =
            "not played by Chaos Mesh here, but by the local lab (./gateway fault play): delay,"
                    + " loss, duplicate, corrupt (no netem in this kernel), IOChaos (its helper"
                    + " toda is in no registry), out of memory (neither is memStress)";

    private ChaosExercises() {}

    private static String guard(Bench bench) {
        var nameless = EXPERIMENTS + "instance-kill.yaml";
        bench.await(
                "the guard refuses what names nobody",
                GUARD_LIMIT,
                () -> tried(bench, nameless).contains("paygateway.dev/allowed-by"));
        var monthly = Folders.read(bench.ground().root().resolve("chaos/monthly/east.yaml"));
        var noon = asked(bench, monthly.replace("schedule: 0 2 ", "schedule: 0 12 "));
        if (!noon.contains("one hour from 0 to 4")) {
            throw LabFailure.failed("a Schedule at noon was not refused: " + noon);
        }
        var night = asked(bench, monthly);
        if (!night.contains("created (server dry run)")) {
            throw LabFailure.failed("chaos/monthly/east.yaml was not taken: " + night);
        }
        return "without a name refused, at noon refused; chaos/monthly/east.yaml taken";
    }

    private static String tried(Bench bench, String file) {
        return asked(bench, Folders.read(bench.ground().root().resolve(file)));
    }

    /** What the API server, its webhooks and the guard say; nothing is kept. */
    private static String asked(Bench bench, String document) {
        return bench.kubectl().ask(document, "create", "--dry-run=server", "-f", "-").output();
    }

    private static String kill(Bench bench) {
        bench.awaitReady(Bench.INSTANCES);
        var from = System.nanoTime();
        try (var play = new Play(bench, EXPERIMENTS + "instance-kill.yaml")) {
            var victim = play.victim();
            bench.awaitReplaced(victim);
            return victim + " gone, all ready again after " + Progress.since(from);
        }
    }

    /** Without probes such a pod would look well: here its service is not, and it is not ready. */
    private static String down(Bench bench) {
        bench.awaitReady(Bench.INSTANCES);
        var from = System.nanoTime();
        try (var play = new Play(bench, EXPERIMENTS + "instance-down.yaml")) {
            var victim = play.victim();
            var pod = new PodOnNode(bench, victim);
            bench.await(
                    "no service runs in " + victim,
                    BITE_LIMIT,
                    () -> pod.processes("java").isEmpty() && !pod(bench, victim).isReady());
            var away = Progress.since(from);
            play.awaitRecovered();
            var remedy = "%d restarts".formatted(pod(bench, victim).restarts());
            if (bench.ground().isMeshed()) {
                remedy = "deleted, as its sidecar stays away";
                replace(bench, victim);
            } else {
                awaitHealed(bench, victim);
            }
            return "no service in %s after %s; %s, all ready again after %s"
                    .formatted(victim, away, remedy, Progress.since(from));
        }
    }

    /** The kubelet does not put back a sidecar whose image was changed before its first probe. */
    private static void replace(Bench bench, String victim) {
        bench.kubectl().run("-n", Chart.NAME, "delete", "pod", victim, "--wait=false");
        bench.awaitReplaced(victim);
    }

    private static String crash(Bench bench) {
        bench.awaitReady(Bench.INSTANCES);
        var before = bench.pods();
        var from = System.nanoTime();
        try (var play = new Play(bench, FAULTS + "instance-container-kill.yaml")) {
            var victim = play.victim();
            var restarts = named(before, victim).restarts();
            bench.await(
                    victim + " is started again",
                    BITE_LIMIT,
                    () -> pod(bench, victim).restarts() > restarts);
            awaitHealed(bench, victim);
            return "%s restarted %d -> %d in its place, all ready again after %s"
                    .formatted(
                            victim, restarts, pod(bench, victim).restarts(), Progress.since(from));
        }
    }

    private static String cut(Bench bench) {
        bench.awaitReady(Bench.INSTANCES);
        try (var play = new Play(bench, FAULTS + "instance-database-cut.yaml")) {
            var victim = instance(bench, play.victims());
            var pod = new PodOnNode(bench, victim);
            bench.await(
                    victim + " does not reach the database",
                    BITE_LIMIT,
                    () -> !pod.reachesDatabase());
            play.awaitRecovered();
            bench.await(victim + " reaches the database again", HEAL_LIMIT, pod::reachesDatabase);
            awaitHealed(bench, victim);
            return victim + " could not connect to the database, and can again";
        }
    }

    /** The one that is no part of the database. */
    private static String instance(Bench bench, List<String> victims) {
        return bench.pods().stream()
                .map(Pod::name)
                .filter(victims::contains)
                .findFirst()
                .orElseThrow(() -> LabFailure.failed("no instance among " + victims));
    }

    private static String narrow(Bench bench) {
        var line = new DatabaseLine(bench.ground());
        var before = line.transfer();
        try (var play = new Play(bench, FAULTS + "database-narrow.yaml")) {
            var narrowed = play.victims();
            var during = line.transfer();
            if (during.toNanos() < before.toNanos() * SLOWER_MIN) {
                throw LabFailure.failed(
                        "%s before, %s now: the line is not narrow"
                                .formatted(told(before), told(during)));
            }
            play.awaitRecovered();
            var after = line.transfer();
            if (after.toNanos() > during.toNanos() / SLOWER_MIN) {
                throw LabFailure.failed("the line is not wide again: " + told(after));
            }
            return "256 KiB from %s in %s; before %s, afterwards %s"
                    .formatted(narrowed, told(during), told(before), told(after));
        }
    }

    private static String cpu(Bench bench) {
        bench.awaitReady(Bench.INSTANCES);
        try (var play = new Play(bench, EXPERIMENTS + "cpu-starved.yaml")) {
            var pod = new PodOnNode(bench, play.victim());
            var cores = pod.cores("stress-ng", STRESS_SEEN);
            if (cores < CORES_MIN) {
                throw LabFailure.failed("the workers take only %.2f cores".formatted(cores));
            }
            play.awaitRecovered();
            bench.await(
                    "no worker is left", HEAL_LIMIT, () -> pod.processes("stress-ng").isEmpty());
            bench.awaitReady(Bench.INSTANCES);
            return String.format(Locale.ROOT, "workers in its group took %.2f cores", cores);
        }
    }

    private static String clock(Bench bench) {
        bench.awaitReady(Bench.INSTANCES);
        try (var play = new Play(bench, EXPERIMENTS + "clock-ahead-5s.yaml")) {
            var victim = play.victim();
            var pod = new PodOnNode(bench, victim);
            var during = pod.clockAhead();
            if (during.compareTo(AHEAD_MIN) < 0) {
                throw LabFailure.failed(victim + "'s clock is ahead by " + told(during));
            }
            play.awaitRecovered();
            bench.await(
                    victim + " tells the right time",
                    HEAL_LIMIT,
                    () -> pod.clockAhead().abs().compareTo(AHEAD_MIN) < 0);
            return "%s was ahead by %s, and is by %s"
                    .formatted(victim, told(during), told(pod.clockAhead()));
        }
    }

    private static void awaitHealed(Bench bench, String victim) {
        bench.await(victim + " is ready again", HEAL_LIMIT, () -> pod(bench, victim).isReady());
        bench.awaitReady(Bench.INSTANCES);
    }

    private static Pod pod(Bench bench, String name) {
        return named(bench.pods(), name);
    }

    private static Pod named(List<Pod> pods, String name) {
        return pods.stream()
                .filter(pod -> pod.name().equals(name))
                .findFirst()
                .orElseThrow(() -> LabFailure.failed(name + " is gone"));
    }

    private static String told(Duration time) {
        return String.format(Locale.ROOT, "%.2f s", time.toMillis() / 1e3);
    }
}
