package dev.paygateway.chaos.lab;

import java.time.Duration;
import java.util.Locale;

/** Tells the user what is under way: plain lines, one when a step ends, one when it takes long. */
public interface Progress {
    /** A step began. */
    void begins(String step);

    /** A step came to its end. */
    void ends(String step, Duration took);

    /** For tests and for commands that a machine reads. */
    static Progress silent() {
        return new Progress() {
            @Override
            public void begins(String step) {}

            @Override
            public void ends(String step, Duration took) {}
        };
    }

    /** Runs a step between its two lines; no second line when it fails. */
    default void step(String name, Runnable work) {
        begins(name);
        var from = System.nanoTime();
        work.run();
        ends(name, Duration.ofNanos(System.nanoTime() - from));
    }

    /** Seconds with one decimal. */
    static String seconds(Duration took) {
        return String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1e3);
    }

    /**
     * How long ago that was.
     *
     * @param from of {@link System#nanoTime()}
     */
    static String since(long from) {
        return seconds(Duration.ofNanos(System.nanoTime() - from));
    }
}
