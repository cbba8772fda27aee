package dev.paygateway.chaos.kube;

import dev.paygateway.chaos.lab.Await;
import dev.paygateway.chaos.lab.LabFailure;
import dev.paygateway.chaos.lab.RunEnvironment;
import dev.paygateway.chaos.load.LoadOptions;
import dev.paygateway.chaos.load.LoadResult;
import dev.paygateway.chaos.load.LoadRun;
import dev.paygateway.chaos.load.Mix;
import dev.paygateway.chaos.load.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** What exercises are done on: the running cluster, and merchants who pay all the while. */
final class Bench {
    static final int INSTANCES = 4;

    private static final Pace USUAL = new Pace(5, Mix.ALL);
    private static final int CLIENTS_MAX = 256;
    private static final Duration LENGTH_MAX = Duration.ofHours(1);
    private static final Duration SETTLE = Duration.ofMinutes(3);

    /** After the last arrival: the calls of the last customers, then what they left open. */
    private static final Duration END_LIMIT = SETTLE.plusMinutes(2);

    private static final Duration WARM_LIMIT = Duration.ofMinutes(2);
    private static final Duration READY_LIMIT = Duration.ofMinutes(8);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final int WARM_LINES = 100;

    /** Which pods are instances. */
    static final String SELECTOR = "app.kubernetes.io/component=gateway";

    private final Ground ground;
    private final Kubectl kubectl;
    private final Chart chart;
    private final DatabaseRelease databaseRelease;
    private final Vault vault;
    private final Node node;
    private final long seed;
    private final List<Path> histories = new ArrayList<>();

    Bench(Ground ground, long seed) {
        this.ground = ground;
        this.seed = seed;
        var workshop = new Workshop(ground);
        node = new Node(ground, workshop);
        kubectl = node.kubectl();
        var helm = new Helm(workshop.helm(), kubectl, ground.root());
        chart = new Chart(ground, helm);
        databaseRelease = new DatabaseRelease(ground, kubectl, helm);
        vault = new Vault(ground, kubectl);
    }

    Kubectl kubectl() {
        return kubectl;
    }

    Chart chart() {
        return chart;
    }

    Vault vault() {
        return vault;
    }

    Database database() {
        return new Database(kubectl);
    }

    DatabaseRelease databaseRelease() {
        return databaseRelease;
    }

    Ground ground() {
        return ground;
    }

    Node node() {
        return node;
    }

    List<Path> histories() {
        return List.copyOf(histories);
    }

    /** How many pay each second, and with which cards. */
    private record Pace(double rate, Mix mix) {}

    /**
     * Merchants pay while {@code work} is done, and until each payment has come to its end: also
     * when the work fails, so that nobody pays any more when the next one begins.
     */
    LoadResult underLoad(String name, Runnable work) {
        return underLoad(name, USUAL, work);
    }

    /** So many more each second, who pay with the card that always succeeds. */
    LoadResult underCrowd(String name, double rate, Runnable work) {
        return underLoad(name, new Pace(rate, Mix.OK), work);
    }

    private LoadResult underLoad(String name, Pace pace, Runnable work) {
        var history = ground.state().resolve("history");
        var file = history.resolve("kube-" + name + "-" + Instant.now().toEpochMilli() + ".jsonl");
        histories.add(file);
        var goesOn = new AtomicBoolean(true);
        var result =
                CompletableFuture.supplyAsync(
                        () -> load(file, pace, goesOn), Thread::startVirtualThread);
        try {
            if (!Await.holds(WARM_LIMIT, () -> result.isDone() || lines(file) > WARM_LINES)
                    || result.isDone()) {
                throw LabFailure.failed("nobody pays before " + name);
            }
            work.run();
        } finally {
            goesOn.set(false);
            Await.holds(END_LIMIT, result::isDone);
        }
        if (!result.isDone()) {
            throw LabFailure.failed("the merchants of " + name + " do not come to an end");
        }
        return result.join();
    }

    private LoadResult load(Path file, Pace pace, AtomicBoolean goesOn) {
        var options =
                new LoadOptions(
                        pace.rate(),
                        LENGTH_MAX,
                        seed + histories.size(),
                        pace.mix(),
                        CLIENTS_MAX,
                        SETTLE,
                        file,
                        Map.of("lane", "kube"));
        try (var site = Site.of(RunEnvironment.read(ground.state()), CLIENTS_MAX)) {
            return LoadRun.run(options, site, goesOn::get);
        } catch (InterruptedException stopped) {
            throw new CompletionException(stopped);
        }
    }

    /** How many lines a history has. */
    static long lines(Path history) {
        if (!Files.exists(history)) {
            return 0;
        }
        try (var all = Files.lines(history)) {
            return all.count();
        } catch (IOException unreadable) {
            throw LabFailure.failed("cannot read " + history, unreadable);
        }
    }

    /** Waits until so many instances are ready. */
    void awaitReady(int count) {
        await(count + " ready instances", READY_LIMIT, () -> ready() >= count);
    }

    /** Waits until one that was killed is gone, and as many as there should be are ready. */
    void awaitReplaced(String victim) {
        await(
                "another instance for " + victim,
                READY_LIMIT,
                () -> {
                    var pods = pods();
                    return pods.stream().noneMatch(pod -> pod.name().equals(victim))
                            && ready(pods) >= INSTANCES;
                });
    }

    int ready() {
        return ready(pods());
    }

    private static int ready(List<Pod> pods) {
        return (int) pods.stream().filter(Pod::isReady).count();
    }

    /** Those of the instances. */
    List<Pod> pods() {
        return Pod.of(kubectl.run("-n", Chart.NAME, "get", "pods", "-l", SELECTOR, "-o", "json"));
    }

    /** What the merchants were told who pay now. */
    Told told() {
        return Told.in(histories.getLast());
    }

    /** Something that may come true. */
    interface Condition {
        boolean holds();
    }

    void await(String what, Duration limit, Condition condition) {
        if (!Await.holds(limit, LOOK_EVERY, condition::holds)) {
            throw LabFailure.failed("not within " + limit.toSeconds() + " s: " + what);
        }
    }

    /** Lets the load go on for a while, whatever happens. */
    static void passes(Duration time) {
        lasts(time, () -> {});
    }

    /** The load goes on for a while; what is ready must stay so, and not be started anew. */
    void staysReady(Duration time) {
        var before = pods().stream().filter(Pod::isReady).toList();
        lasts(
                time,
                () -> {
                    var now = pods();
                    if (!now.containsAll(before)) {
                        throw LabFailure.failed("ready were " + before + ", and now: " + now);
                    }
                });
    }

    private static void lasts(Duration time, Runnable look) {
        var end = System.nanoTime() + time.toNanos();
        Await.holds(
                time.multipliedBy(2),
                LOOK_EVERY,
                () -> {
                    look.run();
                    return System.nanoTime() - end >= 0;
                });
    }
}
