package dev.paygateway.chaos.drill;

import dev.paygateway.chaos.lab.RunEnvironment;
import dev.paygateway.chaos.load.LoadOptions;
import dev.paygateway.chaos.load.LoadResult;
import dev.paygateway.chaos.load.LoadRun;
import dev.paygateway.chaos.load.Site;
import dev.paygateway.chaos.load.Via;
import dev.paygateway.chaos.report.ClientView;
import dev.paygateway.chaos.report.Meter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;

/** One load beside the drill: it pays by its addresses until it is told to end. */
final class Payer {
    /** A load that nobody ends, ends by itself. */
    private static final Duration LENGTH_MAX = Duration.ofMinutes(30);

    /** As long as a payment may be under way; as many customers must find a place. */
    private static final int UNDER_WAY_SECONDS = 40;

    private static final int CLIENTS_MIN = 64;

    private final String name;
    private final Optional<Via> via;
    private final LoadOptions options;
    private final Meter meter = new Meter();
    private final Tail tail;
    private final AtomicReference<Optional<Instant>> ended =
            new AtomicReference<>(Optional.empty());
    private final CompletableFuture<LoadResult> result;

    Payer(Via via, Frame frame, long seed, Path history, RunEnvironment environment) {
        name = Ways.word(via);
        this.via = frame.regions() == 1 ? Optional.empty() : Optional.of(via);
        options =
                new LoadOptions(
                        frame.ratePerSecond(),
                        LENGTH_MAX,
                        seed,
                        frame.mix(),
                        (int) Math.max(CLIENTS_MIN, frame.ratePerSecond() * UNDER_WAY_SECONDS),
                        frame.settle(),
                        history,
                        Map.of("drill", frame.drill(), "client", name));
        tail = new Tail(history, meter::take);
        result = CompletableFuture.supplyAsync(() -> run(environment), Thread::startVirtualThread);
    }

    private LoadResult run(RunEnvironment environment) {
        try (var site = Site.of(environment, via, options.clientsMax())) {
            return LoadRun.run(options, site, () -> ended.get().isEmpty());
        } catch (InterruptedException stopped) {
            throw new CompletionException(stopped);
        }
    }

    /** It pays no more, though nobody told it to end. */
    boolean broke() {
        return result.isDone() && ended.get().isEmpty();
    }

    /** Lets nobody arrive any more. */
    void end() {
        ended.updateAndGet(before -> before.or(() -> Optional.of(Instant.now())));
    }

    /** Waits until what is open has ended too, or its time is up. */
    LoadResult result() {
        return result.join();
    }

    /** Whether it has been served at its rate for a while. */
    boolean steady() {
        tail.follow();
        return meter.isSteady(Instant.now());
    }

    /** How it goes, in a few words. */
    String pulse() {
        tail.follow();
        var pulse = meter.pulse();
        return String.format(
                Locale.ROOT,
                "%s %d/s, ok %d, unknown %d, open %d, p99 %d ms",
                name,
                pulse.perSecond(),
                pulse.acknowledged(),
                pulse.unknown(),
                pulse.waiting(),
                pulse.p99().toMillis());
    }

    /** All that it saw, once it has ended; the first fault comes first. */
    ClientView view(List<Instant> faults) {
        var all = result();
        tail.follow();
        var last = ended.get().orElseGet(Instant::now);
        return new ClientView(
                name,
                meter.outage(faults, last, options.ratePerSecond()),
                all.payments(),
                all.acknowledged(),
                all.failedOrdinary(),
                all.firstTryFailed(),
                all.unknownSeen(),
                all.open(),
                all.latency().p50(),
                all.latency().p99(),
                all.latency().max(),
                meter.seconds());
    }
}
