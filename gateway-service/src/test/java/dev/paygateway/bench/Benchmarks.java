package dev.paygateway.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the benchmarks and writes their page. Arguments: the page's file, then names of benchmarks
 * or {@code all}.
 */
public final class Benchmarks {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    /** Less is the profiler's own noise. */
    private static final double NOTHING = 0.5;

    private static final double MICRO = 1_000;

    /** What is measured, and beside what. */
    private static final Map<String, List<Row>> PAGES =
            new TreeMap<>(
                    Map.of(
                            "scope",
                            List.of(
                                    new Row("1 resource", "scope1", "finally1", "resources1"),
                                    new Row("3 resources", "scope3", "finally3", "resources3"),
                                    new Row("8 resources", "scope8", "finally8", "resources8")),
                            "lock",
                            List.of(
                                    new Row("keyed lock", "keyedLock", "bareLock", "bareLock"),
                                    new Row("permit", "permit", "barePermit", "barePermit")),
                            "lease",
                            List.of(new Row("lease", "lease", "bareUpdates", "bareUpdates"))));

    private Benchmarks() {}

    /**
     * One line of a page.
     *
     * @param what is held
     * @param ours the benchmark with our type
     * @param byHand the one without
     * @param other another one without
     */
    private record Row(String what, String ours, String byHand, String other) {}

    /** What one benchmark came to. */
    private record Result(double nanos, double bytes) {
        static Result of(RunResult run) {
            var fastest = run.getPrimaryResult().getStatistics().getMin(); // the least disturbed
            var bytes = Optional.ofNullable(run.getSecondaryResults().get(ALLOCATED));
            return new Result(fastest, bytes.orElseThrow().getScore());
        }

        String words() {
            return nanos < MICRO
                    ? "%.1f ns, %s".formatted(nanos, allocated())
                    : "%.0f us, %s".formatted(nanos / MICRO, allocated());
        }

        String allocated() {
            return bytes < NOTHING ? "0 B" : "%.0f B".formatted(bytes);
        }
    }

    public static void main(String[] arguments) throws RunnerException, IOException {
        var names = List.of(arguments).subList(1, arguments.length);
        var chosen =
                PAGES.keySet().stream()
                        .filter(name -> names.contains("all") || names.contains(name))
                        .toList();
        if (chosen.isEmpty()) {
            System.err.println("gateway: there are the benchmarks " + PAGES.keySet() + " and all");
            System.exit(2);
        }
        var text = new StringBuilder();
        for (var name : chosen) {
            text.append(table(PAGES.getOrDefault(name, List.of()), results(name)));
        }
        System.out.println(text);
        if (names.contains("all")) {
            Files.writeString(Path.of(arguments[0]), page(text.toString()));
        }
    }

    private static Map<String, Result> results(String name) throws RunnerException {
        var type = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        var options =
                new OptionsBuilder()
                        .include("\\." + type + "Benchmark\\.")
                        .addProfiler(GCProfiler.class)
                        .build();
        return byMethod(new Runner(options).run());
    }

    private static Map<String, Result> byMethod(Collection<RunResult> runs) {
        return runs.stream()
                .collect(Collectors.toMap(run -> run.getPrimaryResult().getLabel(), Result::of));
    }

    private static String table(List<Row> rows, Map<String, Result> results) {
        var lines =
                rows.stream()
                        .map(row -> line(row, results))
                        .collect(Collectors.joining("\n", "", "\n\n"));
        return """
        | held | ours | by hand | beside | ours / by hand | ours / beside |
        |---|---|---|---|---|---|
        """
                + lines;
    }

    private static String line(Row row, Map<String, Result> results) {
        var ours = result(results, row.ours());
        var byHand = result(results, row.byHand());
        var other = result(results, row.other());
        return "| %s | %s | `%s` %s | `%s` %s | %.2f | %.2f |"
                .formatted(
                        row.what(),
                        ours.words(),
                        row.byHand(),
                        byHand.words(),
                        row.other(),
                        other.words(),
                        ours.nanos() / byHand.nanos(),
                        ours.nanos() / other.nanos());
    }

    private static Result result(Map<String, Result> results, String name) {
        return Optional.ofNullable(results.get(name)).orElseThrow();
    }

    private static String page(String tables) {
        return """
        # What holding costs

        Made by `./gateway bench all` (JMH with its GC profiler; two JVMs a line, the fastest of ten seconds, since the machine was
        shared). Judge by the ratios. *By hand* is nested try/finally, the JDK's own lock without a ledger, or two bare updates of a row;
        *beside* is try-with-resources, where there is such. What a lock and a permit of ours cost more is their entry in the ledger, once
        for each held lock; a lease is logins and commits of the database.

        """
                + tables.stripTrailing()
                + "\n";
    }
}
