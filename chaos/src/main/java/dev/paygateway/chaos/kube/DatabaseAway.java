package dev.paygateway.chaos.kube;

import dev.paygateway.chaos.kube.Told.Span;
import dev.paygateway.chaos.lab.LabFailure;
import dev.paygateway.chaos.lab.Progress;
import java.time.Duration;
import java.util.List;

/**
 * A while without a database. It is as long as a merchant tries, so payments may fail; but no
 * instance may end of it, and nobody may be left in doubt who could be told.
 */
final class DatabaseAway {
    private static final Duration AWAY = Duration.ofSeconds(30);
    private static final Duration RECOVERY_LIMIT = Duration.ofMinutes(2);

    private final Bench bench;

    DatabaseAway(Bench bench) {
        this.bench = bench;
    }

    String isSurvived() {
        bench.awaitReady(Bench.INSTANCES);
        var before = bench.pods().stream().filter(Pod::isReady).toList();
        var away = takeAway();
        bench.kubectl().await(Database.NAME, Database.WORKLOAD);
        var back = System.nanoTime();
        bench.await(
                "a payment",
                RECOVERY_LIMIT,
                () -> bench.told().approvedAfter(away.to()).isPresent());
        var told = bench.told();
        var paid = told.approvedAfter(away.to()).orElseThrow();
        requireSame(before, bench.pods());
        var refused = told.refused(away);
        requireDenials(refused);
        return "no restart, %d x 503 with money_moved: %s, back after %s, paid again %s later"
                .formatted(
                        refused.size(), word(), since(away.from(), back), since(back, paid.came()));
    }

    /** From when its pod was gone to when another was asked for. */
    private Span takeAway() {
        scale(0);
        try {
            var pod = "pod/" + Database.POD;
            bench.kubectl().run("-n", Database.NAME, "wait", "--for=delete", pod, "--timeout=90s");
            var gone = System.nanoTime();
            bench.staysReady(AWAY);
            return new Span(gone, System.nanoTime());
        } finally {
            scale(1);
        }
    }

    private void scale(int replicas) {
        var count = "--replicas=" + replicas;
        bench.kubectl().run("-n", Database.NAME, "scale", Database.WORKLOAD, count);
    }

    /** Each instance is there that was, and was not started anew. */
    private static void requireSame(List<Pod> before, List<Pod> now) {
        for (var pod : before) {
            var isSame =
                    now.stream()
                            .filter(other -> other.name().equals(pod.name()))
                            .anyMatch(other -> other.restarts() == pod.restarts());
            if (!isSame) {
                throw LabFailure.failed(pod.name() + " was started anew, or is gone");
            }
        }
    }

    /**
     * An instance that is asked by a mesh for the second time cannot know what the first one did.
     */
    private String word() {
        return bench.ground().isMeshed() ? "unknown" : "no";
    }

    private void requireDenials(List<Told.Answer> refused) {
        if (refused.isEmpty()) {
            throw LabFailure.failed("nobody was refused: was the database away?");
        }
        var others = refused.stream().filter(answer -> !answer.says(503, word())).toList();
        if (!others.isEmpty()) {
            var first = others.getFirst();
            throw LabFailure.failed(
                    "%d of %d refusals were no 503 with money_moved: %s; the first: %d, \"%s\""
                            .formatted(
                                    others.size(),
                                    refused.size(),
                                    word(),
                                    first.http(),
                                    first.moneyMoved()));
        }
    }

    /** A payment may come through before the command line tells of the pod. */
    private static String since(long from, long to) {
        return Progress.seconds(Duration.ofNanos(Math.max(0, to - from)));
    }
}
