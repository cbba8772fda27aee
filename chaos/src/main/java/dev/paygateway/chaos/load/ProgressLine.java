package dev.paygateway.chaos.load;

import com.google.errorprone.annotations.MustBeClosed;
import dev.paygateway.chaos.load.Tally.Count;
import java.io.PrintWriter;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Prints how a run goes: each second on a terminal, in place; every ten elsewhere, line by line.
 */
final class ProgressLine implements Progress, AutoCloseable {
    private static final int TERMINAL_SECONDS = 1;
    private static final int PLAIN_SECONDS = 10;

    private final PrintWriter out;
    private final boolean terminal;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("load-progress").factory());
    private final long start = System.nanoTime();
    private volatile Supplier<String> words = () -> "";

    @MustBeClosed
    ProgressLine(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
        int period = terminal ? TERMINAL_SECONDS : PLAIN_SECONDS;
        var _ = timer.scheduleAtFixedRate(this::print, period, period, TimeUnit.SECONDS);
    }

    @Override
    public void arriving(Tally tally, IntSupplier busy) {
        words = () -> "%s, %d busy".formatted(counts(tally), busy.getAsInt());
    }

    @Override
    public void settling(Tally tally, Settling settling) {
        words = () -> "%s, settling: %d open".formatted(counts(tally), settling.open());
        print();
    }

    @Override
    public void ended() {
        print();
        close();
        if (terminal) {
            out.println();
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private static String counts(Tally tally) {
        return "%,d payments, %,d acknowledged, %,d declined, %,d unknown, %,d failed"
                .formatted(
                        tally.of(Count.PAYMENTS),
                        tally.of(Count.ACKNOWLEDGED),
                        tally.of(Count.DECLINED),
                        tally.of(Count.UNKNOWN_SEEN),
                        tally.of(Count.FAILED));
    }

    private synchronized void print() {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        var line = "%4d s  %s".formatted(seconds, words.get());
        if (terminal) {
            out.print("\r" + line + "\u001b[K");
        } else {
            out.println(line);
        }
        out.flush();
    }
}
