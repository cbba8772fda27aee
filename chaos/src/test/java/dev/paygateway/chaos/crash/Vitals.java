package dev.paygateway.chaos.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What could grow in an instance, at one moment.
 *
 * @param nanos of the monotonic clock
 */
record Vitals(long nanos, Map<Measure, Double> values) {
    private static final long COMMAND_LIMIT_SECONDS = 20;
    private static final double MEGA = 1e6;

    /** What is measured, and how much more than before is no growth. */
    enum Measure {
        OPEN_CONNECTIONS(3),
        POOLED_SESSIONS(6),
        FILES(12),
        THREADS(6),
        HEAP_AFTER_GC_MB(6),
        DIRECT_MB(1.5),
        RESIDENT_MB(40);

        private final double slack;

        Measure(double slack) {
            this.slack = slack;
        }

        double slack() {
            return slack;
        }
    }

    /** Looks at one, right after a full collection. */
    static Vitals of(World world, String instance) throws IOException, InterruptedException {
        var pid = world.lab().part(instance).process().orElseThrow().pid();
        collect(pid);
        var told = world.seen(instance);
        var values = new EnumMap<Measure, Double>(Measure.class);
        values.put(Measure.OPEN_CONNECTIONS, told.open("connection"));
        values.put(Measure.POOLED_SESSIONS, told.sum("hikaricp_connections"));
        values.put(Measure.FILES, (double) entries(pid, "fd"));
        values.put(Measure.THREADS, (double) entries(pid, "task"));
        values.put(
                Measure.HEAP_AFTER_GC_MB,
                told.sum("jvm_memory_used_bytes", "area=\"heap\"") / MEGA);
        values.put(
                Measure.DIRECT_MB,
                told.sum("jvm_buffer_memory_used_bytes", "id=\"direct\"") / MEGA);
        values.put(Measure.RESIDENT_MB, residentMb(pid));
        return new Vitals(System.nanoTime(), values);
    }

    private static void collect(long pid) throws IOException, InterruptedException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var collection =
                new ProcessBuilder(jcmd, Long.toString(pid), "GC.run")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        if (!collection.waitFor(COMMAND_LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("process " + pid + " does not collect its garbage");
        }
    }

    private static long entries(long pid, String folder) throws IOException {
        try (var found = Files.list(Path.of("/proc", Long.toString(pid), folder))) {
            return found.count();
        }
    }

    private static double residentMb(long pid) throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(pid), "status"))
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.split("\\s+", -1)[1]) / 1_000)
                .findFirst()
                .orElseThrow();
    }

    /** How each measure went, looks in the order of time. */
    static List<Trend> trends(List<Vitals> looks) {
        return Arrays.stream(Measure.values()).map(each -> Trend.of(each, looks)).toList();
    }

    /** How one measure went over a run: the median of its thirds, and the line through it. */
    record Trend(Measure measure, double first, double middle, double last, double perHour) {
        static Trend of(Measure measure, List<Vitals> looks) {
            var third = Math.max(1, looks.size() / 3);
            return new Trend(
                    measure,
                    median(measure, looks.subList(0, third)),
                    median(measure, looks.subList(third, Math.max(third + 1, 2 * third))),
                    median(measure, looks.subList(looks.size() - third, looks.size())),
                    slopePerHour(measure, looks));
        }

        /** Whether it still went up when it should long have been level. */
        boolean grows() {
            return last > middle + measure.slack();
        }

        @Override
        public String toString() {
            return "%-18s first third %7.1f  middle %7.1f  last %7.1f  slope %+8.1f an hour"
                    .formatted(measure, first, middle, last, perHour);
        }
    }

    private static double median(Measure measure, List<Vitals> looks) {
        var sorted = looks.stream().mapToDouble(look -> look.value(measure)).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private double value(Measure measure) {
        return values.getOrDefault(measure, Double.NaN);
    }

    /** Least squares over the last two thirds: the first fills caches and compiles. */
    private static double slopePerHour(Measure measure, List<Vitals> all) {
        var looks = all.subList(all.size() / 3, all.size());
        var hours = looks.stream().mapToDouble(look -> look.nanos() / 3.6e12).toArray();
        var meanHour = Arrays.stream(hours).average().orElseThrow();
        var mean = looks.stream().mapToDouble(look -> look.value(measure)).average().orElseThrow();
        var above = 0.0;
        var below = 0.0;
        for (var i = 0; i < hours.length; i++) {
            above += (hours[i] - meanHour) * (looks.get(i).value(measure) - mean);
            below += (hours[i] - meanHour) * (hours[i] - meanHour);
        }
        return below == 0 ? 0 : above / below;
    }
}
