package dev.paygateway.chaos.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The figures of past drills, drill by drill in order of time. One is a regression when it failed
 * after a run that passed, or when its outage or latency is a good deal above what is usual.
 */
public final class Trend {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Above the usual by as much, and by as many milliseconds: the machine is never quiet. */
    private static final double WORSE_SHARE = 1.5;

    private static final long RTO_WORSE_MS = 2_000;
    private static final long P99_WORSE_MS = 500;

    private final Map<String, List<Past>> drills;

    private Trend(Map<String, List<Past>> drills) {
        this.drills = drills;
    }

    /**
     * One run, its clients taken together: the longest outage, the slowest percentile.
     *
     * @param regressions what became worse; empty where nothing did
     */
    public record Past(
            String drill,
            Instant started,
            String commit,
            boolean passed,
            long rtoMs,
            long failed,
            long p99Ms,
            long acknowledged,
            List<String> regressions) {
        public Past {
            regressions = List.copyOf(regressions);
        }
    }

    /** Reads every report below a folder; what is no report is passed over. */
    public static Trend read(Path folder) {
        var all = new ArrayList<Past>();
        if (Files.isDirectory(folder)) {
            try (var runs = Files.list(folder)) {
                for (var run : runs.sorted().toList()) {
                    var file = run.resolve("report.json");
                    if (Files.isRegularFile(file)) {
                        past(file, all);
                    }
                }
            } catch (IOException unreadable) {
                throw new UncheckedIOException(folder + " cannot be read", unreadable);
            }
        }
        return of(all);
    }

    /** Compares each run with those before it. */
    static Trend of(List<Past> all) {
        var drills = new TreeMap<String, List<Past>>();
        for (var run : all.stream().sorted(Trend::byTime).toList()) {
            var before = drills.computeIfAbsent(run.drill(), _ -> new ArrayList<>());
            before.add(compared(run, before));
        }
        return new Trend(drills);
    }

    private static int byTime(Past one, Past other) {
        return one.started().compareTo(other.started());
    }

    private static void past(Path file, List<Past> sink) throws IOException {
        try {
            var report = JSON.readTree(Files.readString(file));
            var clients = report.path("clients").valueStream().toList();
            sink.add(
                    new Past(
                            report.path("drill").asString(),
                            Instant.parse(report.path("started").asString()),
                            report.path("commit").asString(""),
                            report.path("verdict").asString().equals("passed"),
                            most(clients, "rto_ms"),
                            sum(clients, "failed_payments"),
                            most(clients, "p99_ms"),
                            sum(clients, "acknowledged"),
                            List.of()));
        } catch (JacksonException | java.time.DateTimeException noReport) {
            throw new IOException(file + " is no report of a drill", noReport);
        }
    }

    private static long most(List<JsonNode> clients, String field) {
        return clients.stream().mapToLong(it -> it.path(field).asLong(0)).max().orElse(0);
    }

    private static long sum(List<JsonNode> clients, String field) {
        return clients.stream().mapToLong(it -> it.path(field).asLong(0)).sum();
    }

    private static Past compared(Past run, List<Past> before) {
        var worse = new ArrayList<String>();
        if (!before.isEmpty()) {
            if (!run.passed() && before.getLast().passed()) {
                worse.add("failed, the run before passed");
            }
            var rto = median(before.stream().map(Past::rtoMs).toList());
            if (isWorse(run.rtoMs(), rto, RTO_WORSE_MS)) {
                worse.add("RTO %d ms, usually %d ms".formatted(run.rtoMs(), rto));
            }
            var p99 = median(before.stream().map(Past::p99Ms).toList());
            if (isWorse(run.p99Ms(), p99, P99_WORSE_MS)) {
                worse.add("p99 %d ms, usually %d ms".formatted(run.p99Ms(), p99));
            }
            if (run.failed() > before.stream().mapToLong(Past::failed).max().orElse(0)) {
                worse.add("more failed payments than ever before");
            }
        }
        return new Past(
                run.drill(),
                run.started(),
                run.commit(),
                run.passed(),
                run.rtoMs(),
                run.failed(),
                run.p99Ms(),
                run.acknowledged(),
                worse);
    }

    private static boolean isWorse(long now, long usual, long atLeast) {
        return now > usual * WORSE_SHARE && now > usual + atLeast;
    }

    private static long median(List<Long> values) {
        var sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    /** Every drill that was ever run, by name, its runs in order of time. */
    public Map<String, List<Past>> drills() {
        return drills;
    }

    /** Whether the last run of any drill became worse. */
    public boolean regressed() {
        return drills.values().stream().anyMatch(it -> !it.getLast().regressions().isEmpty());
    }

    /** A table in plain text. */
    public String text() {
        if (drills.isEmpty()) {
            return "no drill has been run yet; ./gateway drill list names them";
        }
        var head =
                "%-22s %-20s %-14s %-7s %8s %7s %8s %8s"
                        .formatted(
                                "DRILL", "STARTED", "COMMIT", "VERDICT", "RTO", "FAILED", "P99",
                                "ACKED");
        var rows = drills.values().stream().flatMap(List::stream).map(Trend::row);
        return head + "\n" + rows.collect(Collectors.joining("\n"));
    }

    private static String row(Past run) {
        var row =
                "%-22s %-20s %-14s %-7s %6.1f s %7d %5d ms %8d"
                        .formatted(
                                run.drill(),
                                run.started().truncatedTo(java.time.temporal.ChronoUnit.SECONDS),
                                run.commit(),
                                run.passed() ? "passed" : "FAILED",
                                run.rtoMs() / 1e3,
                                run.failed(),
                                run.p99Ms(),
                                run.acknowledged());
        return run.regressions().isEmpty()
                ? row
                : row + "  REGRESSION: " + String.join("; ", run.regressions());
    }

    /** Writes the page of it. */
    public Path write(Path file) {
        return ReportFiles.write(file, TrendHtml.of(this));
    }
}
