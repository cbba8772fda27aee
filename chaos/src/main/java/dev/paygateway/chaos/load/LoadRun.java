package dev.paygateway.chaos.load;

import dev.paygateway.chaos.load.Tally.Count;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * One load: customers arrive at a fixed pace, whatever became of those before (an open loop), and
 * what is open at the end is followed up until it is final.
 */
public final class LoadRun {
    private static final DateTimeFormatter RUN_NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

    private final LoadOptions options;
    private final Site site;
    private final Watch watch;
    private final Progress progress;
    private final BooleanSupplier goesOn;

    private LoadRun(
            LoadOptions options,
            Site site,
            Watch watch,
            Progress progress,
            BooleanSupplier goesOn) {
        this.options = options;
        this.site = site;
        this.watch = watch;
        this.progress = progress;
        this.goesOn = goesOn;
    }

    /**
     * Runs it against a site and writes its history.
     *
     * @throws InterruptedException the run was ended from outside; the history stands as it is
     */
    public static LoadResult run(LoadOptions options, Site site) throws InterruptedException {
        return run(options, site, Watch.real(), Progress.SILENT);
    }

    /**
     * The same, whose arrivals end early when {@code goesOn} says no; what is open then is followed
     * up all the same.
     */
    public static LoadResult run(LoadOptions options, Site site, BooleanSupplier goesOn)
            throws InterruptedException {
        try (var history = History.create(options.history())) {
            return new LoadRun(options, site, Watch.real(), Progress.SILENT, goesOn).run(history);
        }
    }

    static LoadResult run(LoadOptions options, Site site, Watch watch, Progress progress)
            throws InterruptedException {
        try (var history = History.create(options.history())) {
            return new LoadRun(options, site, watch, progress, () -> true).run(history);
        }
    }

    /** A new name for a run: no two of one sandbox are the same. */
    static String keyPrefix(String kind) {
        return "%s-%s-%04x"
                .formatted(kind, RUN_NAME.format(Instant.now()), System.nanoTime() & 0xFFFF);
    }

    private LoadResult run(History history) throws InterruptedException {
        var prefix = keyPrefix("load");
        history.write(
                Headings.first(
                        options.seed(), options.ratePerSecond(), prefix, options.versions()));
        var run =
                new Customer.Run(
                        site,
                        history,
                        new Tally(),
                        new OpenMatters(),
                        watch,
                        options.clientsMax(),
                        prefix);
        double rate = arrivals(run);
        var settling = new Settling(run.matters(), watch, options.settle());
        progress.settling(run.tally(), settling);
        int open = settling.run();
        progress.ended();
        var result = result(run, open, rate);
        history.write(Headings.last(result));
        return result;
    }

    /** Sends everybody on their way and waits for them; tells the rate achieved. */
    private double arrivals(Customer.Run run) throws InterruptedException {
        var free = new ArrayBlockingQueue<Integer>(options.clientsMax());
        IntStream.range(0, options.clientsMax()).forEach(free::add);
        var plan = new Plan(options.seed(), options.mix(), site.merchants().size());
        long start = watch.nanos();
        progress.arriving(run.tally(), () -> options.clientsMax() - free.size());
        double rate;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            int number = 0;
            for (; number < options.arrivals() && goesOn.getAsBoolean(); number++) {
                long intended = start + (long) (number * 1e9 / options.ratePerSecond());
                watch.pause(Duration.ofNanos(intended - watch.nanos()));
                int process = free.take();
                var customer = new Customer(plan.scenario(number), run, process);
                threads.execute(() -> visit(customer, run.tally(), intended, free));
            }
            rate = number * 1e9 / Math.max(1, watch.nanos() - start);
        }
        return rate;
    }

    private static void visit(
            Customer customer, Tally tally, long intended, BlockingQueue<Integer> free) {
        tally.add(Count.BROKEN);
        try {
            customer.play(intended);
            tally.take(Count.BROKEN);
        } finally {
            free.add(customer.process());
        }
    }

    private LoadResult result(Customer.Run run, int open, double rate) {
        var tally = run.tally();
        return new LoadResult(
                options.seed(),
                tally.of(Count.PAYMENTS),
                tally.of(Count.ACKNOWLEDGED),
                tally.of(Count.APPROVED),
                tally.of(Count.DECLINED),
                tally.of(Count.NOT_PROCESSED),
                tally.refusals(),
                tally.of(Count.UNKNOWN_SEEN),
                tally.of(Count.FAILED),
                tally.of(Count.FAILED_ORDINARY),
                tally.of(Count.FIRST_TRY_FAILED),
                tally.of(Count.DISAGREEMENTS),
                open + (int) tally.of(Count.BROKEN),
                tally.latency(),
                rate,
                options.history());
    }
}
