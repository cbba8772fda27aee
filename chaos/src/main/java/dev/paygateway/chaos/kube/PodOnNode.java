package dev.paygateway.chaos.kube;

import dev.paygateway.chaos.lab.Commands;
import dev.paygateway.chaos.lab.LabFailure;
import dev.paygateway.chaos.lab.Shell.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A pod as its node sees it: by its processes, and by what its network lets through. */
final class PodOnNode {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final String MANAGEMENT = "127.0.0.1:8081";
    private static final String HEAD =
            "HEAD /actuator/health/liveness HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n\r\n";

    private final Bench bench;
    private final String namespace;
    private final String name;
    private final String uid;

    /** One of the service's. */
    PodOnNode(Bench bench, String name) {
        this(bench, Chart.NAME, name);
    }

    PodOnNode(Bench bench, String namespace, String name) {
        this.bench = bench;
        this.namespace = namespace;
        this.name = name;
        uid = field("{.metadata.uid}");
    }

    private String field(String path) {
        var kubectl = bench.kubectl();
        return kubectl.run("-n", namespace, "get", "pod", name, "-o", "jsonpath=" + path);
    }

    /** Those of a program that count as the pod's, whoever started them. */
    List<ProcessHandle> processes(String program) {
        return ProcessHandle.allProcesses()
                .filter(process -> file(process, "cgroup").contains("/pod" + uid + "/"))
                .filter(process -> file(process, "comm").startsWith(program))
                .toList();
    }

    private static String file(ProcessHandle process, String name) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), name));
        } catch (IOException gone) {
            return "";
        }
    }

    /** Cores that a program of the pod takes, over a while. */
    double cores(String program, Duration time) {
        var before = used(program);
        Bench.passes(time);
        return used(program).minus(before).toNanos() / (double) time.toNanos();
    }

    private Duration used(String program) {
        return processes(program).stream()
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Whether the database greets who connects to it from the pod's network. */
    boolean reachesDatabase() {
        var busybox = new Workshop(bench.ground()).busybox().toString();
        var wait = Long.toString(CONNECT_LIMIT.toSeconds());
        var address = Ground.DATABASE_ADDRESS;
        return inside("", busybox, "timeout", wait, busybox, "nc", address, "3306")
                .output()
                .contains("MariaDB");
    }

    /** Runs a program of ours in the pod's network. */
    private Outcome inside(String input, String... words) {
        var service =
                processes("java").stream()
                        .findFirst()
                        .orElseThrow(() -> LabFailure.failed(name + " runs no service"));
        var entering = Stream.of("nsenter", "--net=/proc/" + service.pid() + "/ns/net");
        var command = Stream.concat(entering, Stream.of(words)).toArray(String[]::new);
        return Commands.feed(LIMIT, input, command);
    }

    /** How far its clock is ahead of ours, by the date that its service tells: in whole seconds. */
    Duration clockAhead() {
        var head = head();
        var date =
                head.lines()
                        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("date:"))
                        .findFirst()
                        .orElseThrow(() -> LabFailure.failed(name + " tells no date: " + head))
                        .substring("date:".length())
                        .strip();
        var said = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        return Duration.between(Instant.now(), said);
    }

    /** Asked from inside, past a sidecar that would let nobody else in. */
    private String head() {
        return inside(HEAD, "openssl", "s_client", "-quiet", "-connect", MANAGEMENT).printed();
    }
}
