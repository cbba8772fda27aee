package dev.paygateway.chaos.kube;

import dev.paygateway.chaos.lab.LabFailure;
import dev.paygateway.chaos.lab.Progress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The chart's autoscaler with room above four instances, and a crowd that comes and goes. What it
 * aims at is the chart's own figure, and so is the pace of its ways up and down; only the quiet
 * that it asks for before the way down is shorter here than the chart's 300 s.
 */
final class Autoscale {
    private static final int INSTANCES_MAX = 6;
    private static final int TARGET_PERCENT = 90;

    /** JVMs that have just started are not: they would call for more by themselves. */
    private static final int CALM_PERCENT = 70;

    /** Where each customer shakes hands with an instance; edge and sidecars keep connections. */
    private static final double CROWD_PER_SECOND = 20;

    private static final double MESHED_CROWD_PER_SECOND = 60;
    private static final Duration QUIET = Duration.ofSeconds(60);
    private static final Duration CALM_LIMIT = Duration.ofMinutes(5);
    private static final Duration UP_LIMIT = Duration.ofMinutes(3);
    private static final Duration DOWN_LIMIT = Duration.ofMinutes(6);

    private final Bench bench;

    Autoscale(Bench bench) {
        this.bench = bench;
    }

    String followsTheLoad() {
        bench.awaitReady(Bench.INSTANCES);
        var calm =
                awaitScaler(
                        "four at ease",
                        CALM_LIMIT,
                        now -> now.percent().isPresent() && !now.isAbove(CALM_PERCENT));
        try {
            bench.chart()
                    .upgrade(
                            "--set",
                            "autoscaling.replicasMax=" + INSTANCES_MAX,
                            "--set",
                            "autoscaling.scaleDownAfterSeconds=" + QUIET.toSeconds());
            return calm + "; " + upAndDown();
        } finally {
            bench.chart().upgrade();
        }
    }

    private String upAndDown() {
        var before = scaler();
        if (before.desired() != Bench.INSTANCES) {
            throw LabFailure.failed("before the crowd it wants " + before);
        }
        var grown = new AtomicReference<>("");
        var left = new AtomicLong();
        var from = System.nanoTime();
        var crowd =
                bench.underCrowd(
                        "crowd",
                        bench.ground().isMeshed() ? MESHED_CROWD_PER_SECOND : CROWD_PER_SECOND,
                        () -> {
                            grown.set(grows(from));
                            left.set(System.nanoTime());
                        });
        if (!crowd.passed() || crowd.failedOrdinary() > 0) {
            throw LabFailure.failed(
                    "%d of %d payments of the crowd failed, %d are open"
                            .formatted(crowd.failedOrdinary(), crowd.payments(), crowd.open()));
        }
        return "crowd of %d: %s; without it %s"
                .formatted(crowd.payments(), grown.get(), shrinks(left.get()));
    }

    private String grows(long from) {
        var wants = awaitScaler("more", UP_LIMIT, now -> now.desired() > Bench.INSTANCES);
        if (!wants.isAbove(TARGET_PERCENT)) {
            throw LabFailure.failed("it grew without need: " + wants);
        }
        var decided = Progress.since(from);
        bench.awaitReady(wants.desired());
        return "%s after %s, ready after %s".formatted(wants, decided, Progress.since(from));
    }

    /** One a minute goes, and the first not before it was quiet for a while. */
    private String shrinks(long left) {
        var most = scaler().desired();
        awaitScaler("fewer and waits", DOWN_LIMIT, Autoscaler::isWaiting);
        var waits = Progress.since(left);
        var fewer = awaitScaler("fewer", DOWN_LIMIT, now -> now.desired() < most);
        var first = Progress.since(left);
        bench.await(
                "no more than " + Bench.INSTANCES + " instances",
                DOWN_LIMIT,
                () -> bench.pods().size() == Bench.INSTANCES);
        return "it waits after %s, %s after %s, %d are left after %s"
                .formatted(waits, fewer, first, Bench.INSTANCES, Progress.since(left));
    }

    /** What the autoscaler may come to say. */
    private interface Saying {
        boolean isSaid(Autoscaler now);
    }

    private Autoscaler awaitScaler(String what, Duration limit, Saying saying) {
        var last = new AtomicReference<>(scaler());
        bench.await(
                "the autoscaler wants " + what + " (at first " + last.get() + ")",
                limit,
                () -> {
                    last.set(scaler());
                    return saying.isSaid(last.get());
                });
        return last.get();
    }

    private Autoscaler scaler() {
        return Autoscaler.of(
                bench.kubectl().run("-n", Chart.NAME, "get", "hpa", Chart.NAME, "-o", "json"));
    }
}
