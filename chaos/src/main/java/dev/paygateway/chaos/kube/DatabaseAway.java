package dev.paygateway.chaos.kube;

import dev.paygateway.chaos.kube.Told.Span;
import dev.paygateway.chaos.lab.Folders;
import dev.paygateway.chaos.lab.LabFailure;
import dev.paygateway.chaos.lab.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The database's nodes die. While one of them is left nobody may notice. While none is, for as long
 * as a merchant tries, payments may fail; but no instance may end of it, and nobody may be left in
 * doubt who could be told.
 */
final class DatabaseAway {
    private static final String MEMBERS = "3";
    private static final Duration AWAY = Duration.ofSeconds(30);
    private static final String ARBITRATOR = "deployment/" + DatabaseRelease.ARBITRATOR;
    private static final Pattern POSITION =
            Pattern.compile("position in the history: [0-9a-f-]+:(\\d+)");

    /** So long nobody may begin by himself. */
    private static final Duration ALONE = Duration.ofSeconds(15);

    private static final Duration RECOVERY_LIMIT = Duration.ofMinutes(2);

    private final Bench bench;

    DatabaseAway(Bench bench) {
        this.bench = bench;
    }

    /** One node of two, and the other goes on. */
    String oneNodeIsSurvived() {
        bench.awaitReady(Bench.INSTANCES);
        var from = System.nanoTime();
        die(List.of(Database.POD));
        bench.kubectl().await(Database.NAME, Database.WORKLOAD);
        if (!size().equals(MEMBERS)) {
            throw LabFailure.failed("the cluster has " + size() + " members, not " + MEMBERS);
        }
        return "in step again after " + Progress.since(from);
    }

    /** All crash at once, the arbitrator too, and find together by themselves. */
    String isSurvived() {
        bench.awaitReady(Bench.INSTANCES);
        var before = bench.pods().stream().filter(Pod::isReady).toList();
        var away = takeAway(() -> {});
        bench.kubectl().await(Database.NAME, Database.WORKLOAD);
        var back = System.nanoTime();
        var told = paidAgain(before, away);
        var paid = told.approvedAfter(away.to()).orElseThrow();
        var refused = told.refused(away);
        return "no restart, %d x 503 with money_moved: %s, back after %s, paid again %s later"
                .formatted(
                        refused.size(), word(), since(away.from(), back), since(back, paid.came()));
    }

    /**
     * All crash at once and none knows whom it saw last: each waits, and a person who has compared
     * their positions lets one begin, as helm/database says.
     */
    String isBegunByHand() {
        bench.awaitReady(Bench.INSTANCES);
        var before = bench.pods().stream().filter(Pod::isReady).toList();
        var away = takeAway(this::forget);
        arbitrators(0);
        String begun;
        try {
            begun = begin();
        } finally {
            arbitrators(1);
        }
        bench.kubectl().await(Database.NAME, ARBITRATOR);
        bench.await("three members", RECOVERY_LIMIT, () -> size().equals(MEMBERS));
        var _ = paidAgain(before, away);
        return begun;
    }

    /** What merchants were told, when one has paid again: nobody lied to them, or started anew. */
    private Told paidAgain(List<Pod> before, Span away) {
        bench.await(
                "a payment",
                RECOVERY_LIMIT,
                () -> bench.told().approvedAfter(away.to()).isPresent());
        var told = bench.told();
        requireSame(before, bench.pods());
        requireDenials(told.refused(away));
        return told;
    }

    /** As the chart's page has a person do it. */
    private String begin() {
        var positions = new TreeMap<String, Long>();
        bench.await(
                "both positions",
                RECOVERY_LIMIT,
                () -> {
                    positions.putAll(positions());
                    return positions.size() == 2;
                });
        Bench.passes(ALONE);
        var ready = bench.database().ready();
        if (!ready.isEmpty()) {
            throw LabFailure.failed("nobody told it to begin, and it serves: " + ready);
        }
        var first = Collections.max(positions.entrySet(), Map.Entry.comparingByValue()).getKey();
        var told = System.nanoTime();
        var begin = Database.at(first, "certificate", "touch", "/var/lib/mysql/begin");
        bench.kubectl().run(begin);
        startAnew(first);
        var served = Progress.since(told);
        positions.keySet().stream().filter(pod -> !pod.equals(first)).forEach(this::startAnew);
        return "positions %s: both waited; %s, told to begin, served after %s, both after %s"
                .formatted(positions, first, served, Progress.since(told));
    }

    private void arbitrators(int count) {
        bench.kubectl().run("-n", Database.NAME, "scale", ARBITRATOR, "--replicas=" + count);
    }

    /** Their last view, which a crash of machines may cost them too. */
    private void forget() {
        var data = bench.ground().data();
        for (var folder : List.of("galera-0/data", "galera-1/data", "arbitrator")) {
            Folders.remove(data.resolve(folder).resolve("gvwstate.dat"));
        }
    }

    /** What each node said that waits, by its pod. */
    private Map<String, Long> positions() {
        var positions = new TreeMap<String, Long>();
        for (var pod : List.of("galera-0", "galera-1")) {
            var log = bench.kubectl().ask("", "-n", Database.NAME, "logs", pod).printed();
            var said = POSITION.matcher(log).results().toList();
            if (!said.isEmpty()) {
                positions.put(pod, Long.parseLong(said.getLast().group(1)));
            }
        }
        return positions;
    }

    /** A server that waits for the others hears no SIGTERM. */
    private void startAnew(String pod) {
        bench.kubectl().run("-n", Database.NAME, "delete", "pod", pod, "--grace-period=1");
        bench.await(pod + " serves", RECOVERY_LIMIT, () -> bench.database().ready().contains(pod));
    }

    private String size() {
        return bench.database().status("wsrep_cluster_size");
    }

    /** From when they were dead to when they could come back. */
    private Span takeAway(Runnable then) {
        bench.kubectl().run("cordon", Ground.NODE);
        try {
            die(bench.database().members());
            var gone = System.nanoTime();
            then.run();
            bench.staysReady(AWAY);
            return new Span(gone, System.nanoTime());
        } finally {
            bench.kubectl().run("uncordon", Ground.NODE);
        }
    }

    /** Killed outright, which Kubernetes itself does to nobody: then their pods go. */
    private void die(List<String> pods) {
        pods.stream()
                .map(pod -> new PodOnNode(bench, Database.NAME, pod))
                .flatMap(pod ->
                        Stream.concat(
                                pod.processes("mariadbd").stream(),
                                pod.processes("garbd").stream()))
                .forEach(ProcessHandle::destroyForcibly);
        var words = new ArrayList<>(List.of("-n", Database.NAME, "delete", "pod"));
        words.addAll(pods);
        words.addAll(List.of("--grace-period=0", "--force", "--wait=false"));
        bench.kubectl().run(words.toArray(String[]::new));
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
