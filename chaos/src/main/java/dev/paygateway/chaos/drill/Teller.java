package dev.paygateway.chaos.drill;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Tells how a drill goes: a line for each thing done, with its time, and beneath them one line that
 * changes in place; elsewhere than on a terminal that one comes every ten seconds.
 */
final class Teller implements AutoCloseable {
    private static final int TERMINAL_SECONDS = 1;
    private static final int PLAIN_SECONDS = 10;
    private static final String CLEAR = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean terminal;
    private final long start = System.nanoTime();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("drill-progress").factory());
    private volatile Supplier<String> status = () -> "";
    private volatile String step = "";

    @MustBeClosed
    Teller(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
        int period = terminal ? TERMINAL_SECONDS : PLAIN_SECONDS;
        var _ = timer.scheduleAtFixedRate(this::pulse, period, period, TimeUnit.SECONDS);
    }

    /** What the changing line shows beside the step. */
    void watch(Supplier<String> figures) {
        status = figures;
    }

    /** What is under way. */
    void begin(String what) {
        step = what;
    }

    /** One thing that is done, or began. */
    synchronized void say(String words) {
        out.println((terminal ? CLEAR : "") + clock() + words);
        out.flush();
    }

    /** Lines that need no time. */
    synchronized void print(String words) {
        out.println((terminal ? CLEAR : "") + words);
        out.flush();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private synchronized void pulse() {
        var figures = status.get();
        if (figures.isEmpty()) {
            return;
        }
        var line = "%s%s | %s".formatted(clock(), step, figures);
        if (terminal) {
            out.print(CLEAR + line);
        } else {
            out.println(line);
        }
        out.flush();
    }

    private String clock() {
        var since = Duration.ofNanos(System.nanoTime() - start);
        return String.format(Locale.ROOT, "%6.1f s  ", since.toMillis() / 1e3);
    }
}
