package dev.paygateway.chaos.kube;

import dev.paygateway.chaos.lab.LabFailure;
import dev.paygateway.chaos.lab.Progress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** All exercises, in the order in which they are done. */
final class Exercises {
    private static final String ROLE = "database/roles/gateway-app";
    private static final int KILLS = 20;
    private static final int ROTATIONS_MIN = 2 * Bench.INSTANCES;
    private static final Duration LIFE = Duration.ofSeconds(20);
    private static final Duration ROTATION_LIMIT = Duration.ofMinutes(5);
    private static final Duration IMAGE_LIMIT = Duration.ofMinutes(2);
    private static final String OTHER_CONNECTIONS = "310";
    private static final Duration DRAIN = Duration.ofSeconds(30);

    static final List<Exercise> ALL =
            List.of(
                    new Exercise(
                            "upgrade",
                            "a rolling upgrade to another image fails no payment",
                            Exercises::upgrade),
                    new Exercise(
                            "rollback",
                            "the way back to the first release fails no payment",
                            Exercises::rollback),
                    new Exercise(
                            "kills",
                            "twenty instances that are killed fail no payment",
                            Exercises::kills),
                    new Exercise(
                            "rotation",
                            "database users that are exchanged all the time fail no payment",
                            Exercises::rotation),
                    new Exercise(
                            "database-roll",
                            "a setting that restarts each node of the database fails no payment",
                            Exercises::databaseRoll),
                    new Exercise(
                            "database-node",
                            "a node of the database that dies fails no payment, and comes back",
                            bench -> new DatabaseAway(bench).oneNodeIsSurvived()),
                    new Exercise(
                            "database-away",
                            "the whole database crashes, for 30 s: no instance starts anew, all who"
                                    + " are refused are told that no money moved, and it finds"
                                    + " together again",
                            Exercise.Failures.COUNTED,
                            bench -> new DatabaseAway(bench).isSurvived()),
                    new Exercise(
                            "database-begin",
                            "all of the database crashes and knows of nobody: it waits, and a"
                                    + " person has it begin",
                            Exercise.Failures.COUNTED,
                            bench -> new DatabaseAway(bench).isBegunByHand()),
                    new Exercise(
                            "drain",
                            "a node is not emptied below what the budget allows",
                            Exercises::drain),
                    new Exercise(
                            "strangers",
                            "who speaks no TLS, or shows no certificate, is not served",
                            bench -> new Strangers(bench).areRefused()),
                    new Exercise(
                            "acquirers-away",
                            "instances stay ready while no acquirer answers",
                            Exercise.Failures.COUNTED,
                            bench -> new Probes(bench).lookAtTheProcessAlone()),
                    new Exercise(
                            "hang",
                            "an instance that hangs is started anew, and fails no payment",
                            bench -> new Probes(bench).endWhatHangs()),
                    new Exercise(
                            "autoscale",
                            "more instances come with a crowd, and go after it; no payment fails",
                            bench -> new Autoscale(bench).followsTheLoad()));

    /** Those of a cluster with a mesh. */
    static final List<Exercise> MESHED =
            List.of(
                    new Exercise(
                            "doors",
                            "who goes past the edge is refused by an instance's sidecar",
                            bench -> new MeshDoors(bench).areClosed()));

    private Exercises() {}

    private static String upgrade(Bench bench) {
        bench.node().nameImage(Images.gateway("1"), Images.gateway("2"));
        var from = System.nanoTime();
        bench.chart().upgrade("--set-string", "image.tag=2");
        bench.awaitReady(Bench.INSTANCES);
        requireImage(bench, "2");
        return "all instances exchanged in " + Progress.since(from);
    }

    private static String rollback(Bench bench) {
        var from = System.nanoTime();
        bench.chart().rollback(1);
        bench.awaitReady(Bench.INSTANCES);
        requireImage(bench, "1");
        return "all instances back in " + Progress.since(from);
    }

    private static String databaseRoll(Bench bench) {
        var before = bench.database().variable("max_connections");
        var from = System.nanoTime();
        bench.databaseRelease().upgrade("--set", "settings.connections=" + OTHER_CONNECTIONS);
        bench.kubectl().await(Database.NAME, Database.WORKLOAD);
        var after = bench.database().variable("max_connections");
        bench.databaseRelease().upgrade();
        bench.kubectl().await(Database.NAME, Database.WORKLOAD);
        if (!after.equals(OTHER_CONNECTIONS) || after.equals(before)) {
            throw LabFailure.failed("connections: " + before + ", then " + after);
        }
        return "both nodes there and back in " + Progress.since(from);
    }

    private static void requireImage(Bench bench, String tag) {
        bench.await(
                "every instance has the image with tag " + tag,
                IMAGE_LIMIT,
                () -> bench.pods().stream().allMatch(pod -> pod.image().endsWith(":" + tag)));
    }

    /** The next one is killed as soon as all are ready again. */
    private static String kills(Bench bench) {
        var from = System.nanoTime();
        bench.awaitReady(Bench.INSTANCES);
        for (int kill = 0; kill < KILLS; kill++) {
            var ready = bench.pods().stream().filter(Pod::isReady).toList();
            var victim = ready.get(kill % ready.size()).name();
            bench.kubectl()
                    .run(
                            "-n",
                            Chart.NAME,
                            "delete",
                            "pod",
                            victim,
                            "--grace-period=0",
                            "--force",
                            "--wait=false");
            bench.awaitReplaced(victim);
        }
        return KILLS + " killed in " + Progress.since(from);
    }

    /** The users that are there are dropped, and those that follow live for seconds. */
    private static String rotation(Bench bench) {
        try (var https = bench.vault().https()) {
            var root = bench.vault().root(https);
            var usual = root.read(ROLE).path("data");
            var life = usual.path("default_ttl").asLong();
            var lifeMax = usual.path("max_ttl").asLong();
            try {
                root.write(ROLE, role(usual, LIFE.toSeconds() / 2, LIFE.toSeconds()));
                root.write("sys/leases/revoke-prefix/database/creds/gateway-app", Map.of());
                return users(bench) + " database users, of " + LIFE.toSeconds() + " s at most";
            } finally {
                root.write(ROLE, role(usual, life, lifeMax));
            }
        }
    }

    /** How many were seen until there were enough. */
    private static int users(Bench bench) {
        var seen = new HashSet<String>();
        bench.await(
                ROTATIONS_MIN + " users",
                ROTATION_LIMIT,
                () -> {
                    seen.addAll(bench.database().users());
                    return seen.size() >= ROTATIONS_MIN;
                });
        return seen.size();
    }

    /** The role as it is, but for how long its users live, in seconds. */
    private static Map<String, ?> role(JsonNode usual, long life, long lifeMax) {
        return Map.of(
                "db_name", usual.path("db_name"),
                "creation_statements", usual.path("creation_statements"),
                "revocation_statements", usual.path("revocation_statements"),
                "default_ttl", life,
                "max_ttl", lifeMax);
    }

    private static String drain(Bench bench) {
        var kubectl = bench.kubectl();
        var drained =
                kubectl.ask(
                        "",
                        "drain",
                        Ground.NODE,
                        "--pod-selector=" + Bench.SELECTOR,
                        "--delete-emptydir-data",
                        "--ignore-daemonsets",
                        "--timeout=" + DRAIN.toSeconds() + "s");
        var left = bench.ready();
        kubectl.run("uncordon", Ground.NODE);
        bench.awaitReady(Bench.INSTANCES);
        if (drained.fine() || !drained.output().contains("disruption budget")) {
            throw LabFailure.failed("the drain was not held: " + drained.output().strip());
        }
        if (left < Bench.INSTANCES - 1) {
            throw LabFailure.failed("only " + left + " instances were left");
        }
        return "held by the budget at " + left + " of " + Bench.INSTANCES + " instances";
    }
}
