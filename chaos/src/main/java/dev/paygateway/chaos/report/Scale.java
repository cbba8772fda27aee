package dev.paygateway.chaos.report;

import java.util.ArrayList;
import java.util.List;

/** Puts values on an axis. */
final class Scale {
    private static final double[] STEPS = {1, 2, 5, 10};

    /** So far apart at least, that their names do not touch. */
    private static final double TICK_SPACE = 26;

    private static final int TICKS_MAX = 9;

    private final double low;
    private final double high;
    private final double from;
    private final double to;
    private final boolean logarithmic;

    private Scale(double[] values, double from, double to, boolean logarithmic) {
        low = values[0];
        high = values[1];
        this.from = from;
        this.to = to;
        this.logarithmic = logarithmic;
    }

    /** Even steps, from a value of the drawing to another. */
    static Scale linear(double low, double high, double from, double to) {
        return new Scale(new double[] {low, Math.max(high, low + 1)}, from, to, false);
    }

    /** Each power of ten as far as the one before. */
    static Scale logarithmic(double low, double high, double from, double to) {
        return new Scale(new double[] {low, Math.max(high, low * 10)}, from, to, true);
    }

    double at(double value) {
        var inside = Math.clamp(value, low, high);
        var share =
                logarithmic
                        ? Math.log(inside / low) / Math.log(high / low)
                        : (inside - low) / (high - low);
        return from + share * (to - from);
    }

    /** Round values, few enough to be read. */
    List<Double> ticks() {
        return logarithmic ? powers() : steps();
    }

    private List<Double> steps() {
        var most = Math.clamp((long) (Math.abs(to - from) / TICK_SPACE), 1, TICKS_MAX);
        var step = step((high - low) / most);
        var ticks = new ArrayList<Double>();
        for (var at = Math.ceil(low / step) * step; at <= high; at += step) {
            ticks.add(at);
        }
        return ticks;
    }

    private static double step(double least) {
        var power = Math.pow(10, Math.floor(Math.log10(least)));
        for (var each : STEPS) {
            if (each * power >= least) {
                return each * power;
            }
        }
        return 10 * power;
    }

    private List<Double> powers() {
        var ticks = new ArrayList<Double>();
        for (var at = low; at <= high * 1.001; at *= 10) {
            ticks.add(at);
        }
        return ticks;
    }
}
