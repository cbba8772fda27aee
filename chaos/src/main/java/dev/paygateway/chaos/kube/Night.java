package dev.paygateway.chaos.kube;

import dev.paygateway.chaos.audit.AuditCommand;
import dev.paygateway.chaos.lab.LabFailure;
import dev.paygateway.chaos.lab.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import picocli.CommandLine;

/**
 * An exercise that comes by its Schedule, watched by an audit that goes on all the while. First the
 * audit finds nothing; then a payment's amount is changed behind the service's back, which it must
 * find: that is the negative control.
 */
final class Night {
    private static final int HOUR = 2;
    private static final int HOURS = 24;
    private static final Duration KEPT_LIMIT = Duration.ofMinutes(3);
    private static final Duration DUE_LIMIT = Duration.ofMinutes(3);
    private static final Duration HOLDS = Duration.ofSeconds(20);
    private static final Duration FOUND_LIMIT = Duration.ofMinutes(2);
    private static final Duration ENDED_LIMIT = Duration.ofMinutes(1);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
    private static final String OURS = "managed-by=night";
    private static final String SCHEDULE = "schedule/night";
    private static final String ABORTED =
            "jsonpath={.items[*].metadata.annotations.workflow\\.chaos-mesh\\.org/abort}";
    private static final String CAPTURED =
            "SELECT id FROM gateway.payment WHERE version = 2 AND captured > 0 ORDER BY id LIMIT 1";
    private static final String CHANGE =
            "UPDATE gateway.payment SET captured = captured %s 1 WHERE id = '%s'";

    private final Bench bench;
    private final ChaosMesh chaos;

    Night(Bench bench) {
        this.bench = bench;
        chaos = new ChaosMesh(bench.ground(), new Workshop(bench.ground()), bench.kubectl());
    }

    String endsByTheVerdict() {
        bench.awaitReady(Bench.INSTANCES);
        var audit = new FutureTask<>(this::serve);
        var thread = Thread.ofVirtual().start(audit);
        try {
            bench.await("the audit answers 200", KEPT_LIMIT, () -> verdict() == 200);
            return played();
        } finally {
            thread.interrupt();
            bench.kubectl().run("-n", Chart.NAME, "delete", SCHEDULE, "--ignore-not-found");
        }
    }

    private int serve() {
        var words =
                List.of(
                        "--serve",
                        "--address=" + Ground.HOST_ADDRESS,
                        "--port=" + ChaosMesh.AUDIT_PORT,
                        "--every=3s",
                        "--state=" + bench.ground().state(),
                        bench.histories().getLast().toString());
        var nobody = new PrintWriter(Writer.nullWriter());
        return new CommandLine(new AuditCommand())
                .setOut(nobody)
                .execute(words.toArray(String[]::new));
    }

    private String played() {
        schedule();
        bench.await("the Schedule makes a workflow", DUE_LIMIT, () -> !workflows().isEmpty());
        annotate();
        bench.await("the Schedule's workflow cuts an instance off", DUE_LIMIT, () -> cut() == 1);
        Bench.passes(HOLDS);
        if (verdict() != 200 || cut() != 1 || !aborted().isEmpty()) {
            throw LabFailure.failed("it did not go on while the verdict was 200");
        }
        var row = bench.database().rows(CAPTURED).getFirst();
        bench.database().rows(CHANGE.formatted("-", row));
        try {
            bench.await("the audit answers 500", FOUND_LIMIT, () -> verdict() == 500);
            var from = System.nanoTime();
            bench.await("the fault is gone", ENDED_LIMIT, () -> cut() == 0);
            var took = Progress.since(from);
            bench.await("the workflow is aborted", ENDED_LIMIT, () -> !aborted().isEmpty());
            return "200: the fault held for %d s; 500: it was gone %s later, the workflow aborted"
                    .formatted(HOLDS.toSeconds(), took);
        } finally {
            bench.database().rows(CHANGE.formatted("+", row));
        }
    }

    /** Due at the next minute of a clock by which it is night. */
    private void schedule() {
        var zone = nightZone(LocalTime.now(ZoneOffset.UTC).getHour());
        chaos.moveTo(zone);
        var due = LocalTime.now(ZoneId.of(zone)).plusMinutes(1);
        var values =
                Map.of(
                        "minute", Integer.toString(due.getMinute()),
                        "hour", Integer.toString(due.getHour()));
        bench.kubectl().apply(chaos.filled("manifests/night.yaml", values));
    }

    /**
     * Chaos Mesh's controller panics when it is to mark a workflow that has no annotations as
     * aborted, and a Schedule makes such: left as it is, this one would run on.
     */
    private void annotate() {
        var kubectl = bench.kubectl();
        for (var workflow : workflows()) {
            kubectl.run("-n", Chart.NAME, "annotate", "--overwrite", workflow, Play.ALLOWED);
        }
    }

    private List<String> workflows() {
        var names =
                bench.kubectl().run("-n", Chart.NAME, "get", "workflow", "-l", OURS, "-o", "name");
        return names.lines().toList();
    }

    /** Where it is about two in the morning at an hour of UTC. */
    static String nightZone(int hour) {
        var ahead = Math.floorMod(HOUR - hour + 11, HOURS) - 11;
        // Such zones are named the other way round: Etc/GMT-3 is three hours ahead.
        return "Etc/GMT%+d".formatted(-ahead);
    }

    /** How many instances do not reach the database. */
    private int cut() {
        return (int)
                bench.pods().stream()
                        .filter(Pod::isReady)
                        .map(pod -> new PodOnNode(bench, pod.name()))
                        .filter(pod -> !pod.reachesDatabase())
                        .count();
    }

    private String aborted() {
        return bench.kubectl().run("-n", Chart.NAME, "get", "workflow", "-l", OURS, "-o", ABORTED);
    }

    private static int verdict() {
        var address =
                "http://%s:%d/audit/verdict?within=3m"
                        .formatted(Ground.HOST_ADDRESS, ChaosMesh.AUDIT_PORT);
        var request = HttpRequest.newBuilder(URI.create(address)).timeout(ANSWER_LIMIT).build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException silent) {
            return 0;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }
}
